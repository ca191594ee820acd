package dev.ablyauth;

import java.util.List;

import dev.ablyauth.session.AppUsers;
import dev.ablyauth.web.EmbeddedDoorConfiguration;
import dev.ablyauth.web.EmbeddedRooms;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts the rooms into another Spring Boot app: it signs its users in as it always did,
 * and the token endpoints answer for whoever is in its security context. The rooms have a
 * context of their own, so that no bean of the app meets one of theirs.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(EmbeddedDoorConfiguration.class)
public class AblyAuthAutoConfiguration {

	@Bean(destroyMethod = "close")
	EmbeddedRooms ablyAuthRooms(ConfigurableEnvironment environment, ObjectProvider<MeterRegistry> meters) {
		List<String> problems = SettingsCheck.problems(environment, RunMode.EMBEDDED);
		if (!problems.isEmpty()) {
			throw new InvalidSettingsException(problems);
		}
		AnnotationConfigApplicationContext rooms = new AnnotationConfigApplicationContext();
		rooms.setDisplayName("ably-auth");
		rooms.setEnvironment(environment);
		MeterRegistry registry = meters.getIfUnique(SimpleMeterRegistry::new);
		rooms.registerBean(MeterRegistry.class, () -> registry, (bean) -> bean.setDestroyMethodName(""));
		rooms.register(RoomsConfiguration.class);
		rooms.refresh();
		rooms.getBeanProvider(MeterBinder.class).forEach((binder) -> binder.bindTo(registry));
		return new EmbeddedRooms(rooms);
	}

	/** An app that knows better makes a bean of this type. */
	@Bean
	@ConditionalOnMissingBean
	AppUsers ablyAuthAppUsers() {
		return AppUsers.ofSpringSecurity();
	}

}
