package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the app's users prove who they are.
 *
 * @param jwt the issuers of app JWTs
 */
public record SessionProperties(@DefaultValue List<JwtIssuerProperties> jwt) {

	/** The issuer of the dev mode's sample login. */
	public static final String SAMPLE_ISSUER = "https://sample-login.invalid/";

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.jwt.isEmpty()) {
			problems.add(name + ": is missing; nobody could prove who they are, set at least " + name + ".jwt");
		}
		Set<String> issuers = new HashSet<>();
		Set<String> prefixes = new HashSet<>();
		for (int i = 0; i < this.jwt.size(); i++) {
			JwtIssuerProperties issuer = this.jwt.get(i);
			String property = name + ".jwt[" + i + "]";
			problems.addAll(issuer.problems(property));
			if (!issuers.add(issuer.issuer())) {
				problems.add(property + ".issuer: is there twice");
			}
			if (!prefixes.add(issuer.userIdPrefix()) && !issuer.sameUsers()) {
				problems.add(property + ".user-id-prefix: another issuer has the same, so two people could have one id;"
						+ " choose another, or say same-users: true");
			}
		}
		return problems;
	}

}
