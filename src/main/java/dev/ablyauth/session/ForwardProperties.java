package dev.ablyauth.session;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The app's own endpoint that says who is signed in, as the settings name it.
 *
 * @param url the endpoint
 * @param forwardHeaders the headers that are sent on, and no others
 * @param cookieNames the cookies by which an app session is known; any if there are none
 * @param userId JSON pointer to the user's id
 * @param roles JSON pointer to the user's roles
 * @param claims JSON pointer to the claims; nothing for the whole answer
 * @param expires JSON pointer to the end of the session, if the app tells it
 * @param userIdPrefix put before every user id of this app
 * @param sameUsers whether the same id from another source is the same person
 * @param cache how long an answer is used again
 * @param allowHttp whether the url may be http to another machine
 */
public record ForwardProperties(@Nullable URI url, @DefaultValue(ForwardedHeaders.COOKIE) List<String> forwardHeaders,
		@DefaultValue List<String> cookieNames, @DefaultValue("/id") String userId,
		@DefaultValue("/roles") String roles, @DefaultValue("") String claims, @Nullable String expires,
		@DefaultValue("") String userIdPrefix, @DefaultValue("false") boolean sameUsers,
		@DefaultValue("2s") Duration cache, @DefaultValue("false") boolean allowHttp) implements UserSource {

	private static final Duration LONGEST_CACHE = Duration.ofSeconds(10);

	/** Tells whether each request with a cookie is one of the app. */
	boolean takesAnyCookie() {
		return this.cookieNames.isEmpty()
				&& this.forwardHeaders.stream().anyMatch(ForwardedHeaders.COOKIE::equalsIgnoreCase);
	}

	@Override
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		ServiceAddress.problem(this.url, this.allowHttp)
			.ifPresent((problem) -> problems.add(name + ".url: " + problem));
		headerProblems(name, problems);
		if (!this.cookieNames.isEmpty() && !takesCookies()) {
			problems.add(name + ".cookie-names: Cookie is not in forward-headers");
		}
		if (!this.cookieNames.stream().allMatch(ForwardedHeaders::isName)) {
			problems.add(name + ".cookie-names: must be names of cookies");
		}
		pointerProblem(name + ".user-id", this.userId, problems);
		pointerProblem(name + ".roles", this.roles, problems);
		if (!this.claims.isEmpty()) {
			pointerProblem(name + ".claims", this.claims, problems);
		}
		if (this.expires != null) {
			pointerProblem(name + ".expires", this.expires, problems);
		}
		if (this.cache.isNegative() || this.cache.compareTo(LONGEST_CACHE) > 0) {
			problems.add(name + ".cache: must be from 0s to 10s");
		}
		return problems;
	}

	private void headerProblems(String name, List<String> problems) {
		if (this.forwardHeaders.isEmpty()) {
			problems.add(name + ".forward-headers: must not be empty");
		}
		else if (!ForwardedHeaders.canBeCredentials(this.forwardHeaders)) {
			problems.add(name + ".forward-headers: has only headers that clients send whoever the user is");
		}
		Set<String> names = new HashSet<>();
		for (String header : this.forwardHeaders) {
			if (!ForwardedHeaders.mayBeSent(header)) {
				problems.add(name + ".forward-headers: \"" + header + "\" is no header that can be sent on");
			}
			if (!names.add(header.toLowerCase(Locale.ROOT))) {
				problems.add(name + ".forward-headers: \"" + header + "\" is there twice");
			}
		}
	}

	private static void pointerProblem(String name, String pointer, List<String> problems) {
		if (!pointer.matches("(/([^~/]|~[01])*)+")) {
			problems.add(name + ": must be a JSON pointer such as /id");
		}
	}

	boolean takesCookies() {
		return this.forwardHeaders.stream().anyMatch(ForwardedHeaders.COOKIE::equalsIgnoreCase);
	}

}
