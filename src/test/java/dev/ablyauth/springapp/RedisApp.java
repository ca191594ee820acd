package dev.ablyauth.springapp;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;

/**
 * Apps that keep their sessions in Redis.
 */
class RedisApp {

	@Bean
	RedisConnectionFactory redis(@Value("${redis.port}") int port) {
		return new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
	}

	/**
	 * As Spring Boot sets it up by default: Java serialization.
	 */
	@Import({ AppLogin.class, RedisApp.class })
	@EnableRedisHttpSession
	static class Java {

	}

	/**
	 * With the index that finds sessions by name.
	 */
	@Import({ AppLogin.class, RedisApp.class })
	@EnableRedisIndexedHttpSession
	static class Indexed {

	}

	/**
	 * In JSON.
	 */
	@Import({ AppLogin.class, RedisApp.class })
	@EnableRedisHttpSession
	static class Json {

		@Bean
		RedisSerializer<Object> springSessionDefaultRedisSerializer() {
			return GenericJacksonJsonRedisSerializer.builder(AppJson::builder).build();
		}

	}

}
