package dev.ablyauth.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Who may call, and through whom.
 *
 * @param allowedOrigins pages that may read the answers, each as scheme, host and port
 * @param allowedHeaders request headers that these pages may send beside the usual ones
 * @param trustedProxies addresses or ranges whose {@code X-Forwarded-For} is believed
 * @param drain how long the server goes on serving after SIGTERM
 */
public record WebProperties(@DefaultValue List<String> allowedOrigins, @DefaultValue List<String> allowedHeaders,
		@DefaultValue List<String> trustedProxies, @DefaultValue("3s") Duration drain) {

	private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);

	private static final Pattern ORIGIN = Pattern
		.compile("(?!https://.*:443$)(?!http://.*:80$)[a-z][a-z0-9+.-]*://([a-z0-9.-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		for (String origin : this.allowedOrigins) {
			if (!ORIGIN.matcher(origin).matches()) {
				problems.add(name + ".allowed-origins: \"" + origin
						+ "\" is no origin as browsers send it, such as https://app.example.com; there are no wildcards");
			}
		}
		if (this.allowedHeaders.stream().anyMatch((header) -> !header.matches("[A-Za-z0-9-]+"))) {
			problems.add(name + ".allowed-headers: must be names of headers; there are no wildcards");
		}
		for (String proxy : this.trustedProxies) {
			try {
				new IpAddressMatcher(proxy);
			}
			catch (IllegalArgumentException ex) {
				problems
					.add(name + ".trusted-proxies: \"" + proxy + "\" is no address and no range such as 10.0.0.0/8");
			}
		}
		if (this.drain.isNegative() || this.drain.compareTo(LONGEST_DRAIN) > 0) {
			problems.add(name + ".drain: must be from 0s to 5m");
		}
		return problems;
	}

}
