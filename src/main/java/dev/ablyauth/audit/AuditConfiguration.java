package dev.ablyauth.audit;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the audit log.
 */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

	@Bean
	AuditLog auditLog(AuditProperties settings, Clock clock) {
		RotatingFile file = (settings.file() != null)
				? new RotatingFile(settings.file(), settings.maxSize().toBytes(), settings.keep()) : null;
		return new AuditLog(settings.required(), settings.stdout(), file, new StandardOutput(), clock);
	}

}
