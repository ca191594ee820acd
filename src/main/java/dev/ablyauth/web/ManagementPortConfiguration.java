package dev.ablyauth.web;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What Boot's web server at {@code management.server.port} needs beside Boot's own
 * endpoints: the admin door, the same answers to errors, connections that end in the same
 * way, and no other address than loopback unless one is set. Boot finds it by a file in
 * {@code META-INF/spring}; not a configuration that the server's scan finds, and nothing
 * for an app in which the rooms are embedded.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@ConditionalOnBean(value = AdminErrorResolver.class, search = SearchStrategy.ANCESTORS)
class ManagementPortConfiguration {

	@Bean
	MainHandlers mainHandlers(ApplicationContext management) {
		List<HandlerMapping> handlers = Objects.requireNonNull(management.getParent())
			.getBeanProvider(HandlerMapping.class)
			.orderedStream()
			.toList();
		return new MainHandlers(handlers);
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> sameErrors(
			@Qualifier("tomcatErrorsInAblysShape") WebServerFactoryCustomizer<TomcatServletWebServerFactory> errors) {
		return errors;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> loopback(ManagementServerProperties settings,
			EndedConnections ended, Leaving leaving) {
		return (tomcat) -> {
			tomcat.setProtocol(ReadDeadlineProtocol.class.getName());
			tomcat.addConnectorCustomizers(RoomForConnections::limit, ended::of);
			tomcat.addEngineValves(new LastAnswerValve(leaving));
			if (settings.getAddress() == null) {
				tomcat.setAddress(InetAddress.getLoopbackAddress());
			}
		};
	}

}
