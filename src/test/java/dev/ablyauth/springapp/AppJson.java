package dev.ablyauth.springapp;

import org.springframework.security.jackson.SecurityJacksonModules;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Jackson as Spring Security's documents set it up.
 */
final class AppJson {

	private AppJson() {
	}

	static JsonMapper.Builder builder() {
		return JsonMapper.builder()
			.addModules(SecurityJacksonModules.getModules(AppJson.class.getClassLoader(),
					BasicPolymorphicTypeValidator.builder()
						.allowIfSubType("dev.ablyauth.springapp.")
						.allowIfSubType(java.net.URL.class)));
	}

}
