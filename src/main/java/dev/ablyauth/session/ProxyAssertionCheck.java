package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what is wrong with the settings of a proxy: what is missing for its kind, what
 * cannot work, and what would have no effect, which somebody believed it had.
 */
final class ProxyAssertionCheck {

	private static final int MIN_SECRET_BYTES = 32;

	private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	/** These have a meaning of their own. */
	private static final Set<String> RESERVED = Set.of("authorization", "cookie", "host", "origin");

	private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,3}-[0-9]{1,2}");

	private static final Pattern SIGNER = Pattern
		.compile("arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):[0-9]{12}:loadbalancer/app/.+");

	private final ProxyAssertionProperties settings;

	private final String name;

	private final List<String> problems = new ArrayList<>();

	ProxyAssertionCheck(ProxyAssertionProperties settings, String name) {
		this.settings = settings;
		this.name = name;
	}

	List<String> problems() {
		switch (this.settings.kind()) {
			case ProxyAssertionProperties.JWKS -> jwks();
			case ProxyAssertionProperties.AWS_ALB -> alb();
			case ProxyAssertionProperties.HEADER -> plainHeader();
			default -> add("kind", "must be jwks, aws-alb or header");
		}
		if (this.settings.userId().isBlank() || this.settings.roles().isBlank()) {
			this.problems.add(this.name + ": user-id and roles must not be empty");
		}
		return this.problems;
	}

	private void jwks() {
		header("header", this.settings.headerName());
		if (this.settings.audiences().isEmpty()) {
			add("audiences", "is missing; without it, what the proxy says to other apps would count here");
		}
		this.problems.addAll(this.settings.issuerSettings().signatureProblems(this.name));
		refuseOfAlb();
		refuseOfPlainHeader();
	}

	private void alb() {
		header("header", this.settings.headerName());
		if (this.settings.issuer().isBlank()) {
			add("issuer", "is missing, expected the issuer that the load balancer's rule names");
		}
		String region = this.settings.region();
		if (this.settings.keyUri() == null && (region == null || !REGION.matcher(region).matches())) {
			add("region", "must be the AWS region of the load balancer, such as eu-west-1");
		}
		if (this.settings.keyUri() != null && !HttpFetcher.isAllowed(this.settings.keyUri())) {
			add("key-uri", "must be https, or http to this machine itself");
		}
		var signer = SIGNER.matcher((this.settings.signer() != null) ? this.settings.signer() : "");
		if (!signer.matches()) {
			add("signer", "must be the ARN of the load balancer; those of other people sign with the same keys");
		}
		else if (region != null && !region.equals(signer.group(1))) {
			add("region", "is not the one in signer");
		}
		refuseOfJwks();
		refuseOfPlainHeader();
	}

	private void plainHeader() {
		header("header", this.settings.headerName());
		header("secret-header", this.settings.secretHeader());
		if (this.settings.rolesHeader() != null) {
			header("roles-header", this.settings.rolesHeader());
		}
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		if (!Stream.of(this.settings.headerName(), this.settings.secretHeader()).allMatch(names::add)
				|| (this.settings.rolesHeader() != null && !names.add(this.settings.rolesHeader()))) {
			add("header", "is the same as another header of the proxy");
		}
		if (this.settings.secretBytes().length < MIN_SECRET_BYTES) {
			add("secret",
					"must have " + MIN_SECRET_BYTES + " bytes or more; it is all that tells the proxy from others");
		}
		refuse("issuer", !this.settings.issuer().isEmpty());
		refuse("audiences", !this.settings.audiences().isEmpty());
		refuseOfJwks();
		refuseOfAlb();
	}

	private void header(String setting, String value) {
		if (!HEADER_NAME.matcher(value).matches() || RESERVED.contains(value.toLowerCase(Locale.ROOT))) {
			add(setting, "must be the name of a header that the proxy sets");
		}
	}

	private void refuseOfJwks() {
		refuse("jwks-uri", this.settings.jwksUri() != null);
		refuse("algorithms", !this.settings.algorithms().isEmpty());
	}

	private void refuseOfAlb() {
		refuse("region", this.settings.region() != null);
		refuse("key-uri", this.settings.keyUri() != null);
		refuse("signer", this.settings.signer() != null);
	}

	private void refuseOfPlainHeader() {
		refuse("roles-header", this.settings.rolesHeader() != null);
		refuse("secret-header", !this.settings.secretHeader().isEmpty());
		refuse("secret", !this.settings.secret().isEmpty());
	}

	private void refuse(String setting, boolean isSet) {
		if (isSet) {
			add(setting, "has no effect with kind: " + this.settings.kind());
		}
	}

	private void add(String setting, String problem) {
		this.problems.add(this.name + "." + setting + ": " + problem);
	}

}
