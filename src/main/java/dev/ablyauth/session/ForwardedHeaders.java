package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;

/**
 * Takes from a request the headers that the settings allow to be sent on, as names and
 * values in turn. Nothing else of the request goes to the app.
 */
final class ForwardedHeaders {

	static final String COOKIE = "Cookie";

	private static final String AUTHORIZATION = "Authorization";

	/**
	 * What begins an Authorization that is no credential of this kind: the word that
	 * makes a page's SDK send its cookies, and what browsers add by themselves, as they
	 * add cookies. RFC 9110 11.1.
	 */
	private static final Set<String> NOT_ON_PURPOSE = Set.of("cookie", "basic", "digest", "negotiate", "ntlm");

	/** What a client sends with each request, whoever the user is. */
	private static final Pattern COMPANION = Pattern.compile("accept-language|baggage|dnt|forwarded|origin|priority|"
			+ "referer|save-data|sec-.*|traceparent|tracestate|x-forwarded-.*|x-real-ip|x-request-id");

	/** RFC 9110 5.6.2, beside letters and digits. */
	private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

	/**
	 * Headers of one connection or one message (RFC 9110 7.6.1), those that say where to,
	 * and those that make an app answer in another way.
	 */
	private static final Set<String> NEVER = Set.of("accept", "accept-charset", "accept-encoding", "connection",
			"content-encoding", "content-length", "content-range", "content-type", "date", "expect", "host",
			"http2-settings", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
			"keep-alive", "max-forwards", "proxy-authenticate", "proxy-authorization", "proxy-connection", "range",
			"te", "trailer", "transfer-encoding", "upgrade", "user-agent", "via");

	private static final int MAX_AUTHORIZATION = 8192;

	private static final char MAX_MARK = 0xFF;

	private static final char DELETE = 0x7F;

	private final List<String> credentialNames;

	private final List<String> companionNames;

	private final boolean takesCookies;

	private final List<String> cookieNames;

	ForwardedHeaders(ForwardProperties settings) {
		List<String> others = settings.forwardHeaders()
			.stream()
			.filter((name) -> !name.equalsIgnoreCase(COOKIE))
			.toList();
		this.credentialNames = others.stream().filter((name) -> !isCompanion(name)).toList();
		this.companionNames = others.stream().filter(ForwardedHeaders::isCompanion).toList();
		this.takesCookies = settings.takesCookies();
		this.cookieNames = List.copyOf(settings.cookieNames());
	}

	/** Tells whether it can be the name of a header or a cookie. */
	static boolean isName(String name) {
		return !name.isEmpty() && name.chars()
			.allMatch((mark) -> (mark >= 'a' && mark <= 'z') || (mark >= 'A' && mark <= 'Z')
					|| (mark >= '0' && mark <= '9') || NAME_MARKS.indexOf(mark) >= 0);
	}

	static boolean mayBeSent(String name) {
		return isName(name) && !NEVER.contains(name.toLowerCase(Locale.ROOT));
	}

	private static boolean isCompanion(String name) {
		return COMPANION.matcher(name.toLowerCase(Locale.ROOT)).matches();
	}

	/**
	 * What a client sent on purpose, with the cookies beside it; nothing if it did not.
	 */
	List<String> ofHeaders(Credentials credentials) {
		List<String> sent = new ArrayList<>();
		for (String name : this.credentialNames) {
			values(name, credentials).stream()
				.filter((value) -> isCredential(name, value))
				.forEach((value) -> add(name, value, sent));
		}
		if (!sent.isEmpty() && this.takesCookies) {
			cookieThatCounts(credentials, sent);
		}
		return withCompanions(credentials, sent);
	}

	private List<String> withCompanions(Credentials credentials, List<String> sent) {
		if (!sent.isEmpty()) {
			this.companionNames.forEach((name) -> credentials.headers(name).forEach((value) -> add(name, value, sent)));
		}
		return sent;
	}

	/** Two values of Authorization are refused by the credentials themselves. */
	private static List<String> values(String name, Credentials credentials) {
		if (name.equalsIgnoreCase(AUTHORIZATION)) {
			credentials.bearer();
		}
		return credentials.headers(name);
	}

	private static boolean isCredential(String name, String value) {
		String scheme = value.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
		return !scheme.isEmpty() && !(name.equalsIgnoreCase(AUTHORIZATION) && NOT_ON_PURPOSE.contains(scheme));
	}

	/** What was sent on purpose counts from any page; a cookie beside it does not. */
	private static void cookieThatCounts(Credentials credentials, List<String> sent) {
		try {
			String cookies = credentials.cookieHeader();
			if (!cookies.isBlank()) {
				add(COOKIE, cookies, sent);
			}
		}
		catch (Refused refused) {
			if (refused.reason() != Reason.FOREIGN_ORIGIN) {
				throw refused;
			}
		}
	}

	/** What nobody would send, and the app cannot know. */
	List<String> ofNobody() {
		return this.takesCookies
				? List.of(COOKIE, (this.cookieNames.isEmpty() ? "nobody" : this.cookieNames.get(0)) + "=nobody")
				: List.of(this.credentialNames.get(0), "Bearer nobody");
	}

	/** Tells whether there is a header by which somebody could be known. */
	static boolean canBeCredentials(List<String> names) {
		return names.stream().anyMatch((name) -> !isCompanion(name));
	}

	/** The cookies, if one of them may be of the app's session; nothing if not. */
	List<String> ofCookies(Credentials credentials) {
		List<String> sent = new ArrayList<>();
		if (this.takesCookies && hasCookie(credentials)) {
			add(COOKIE, credentials.cookieHeader(), sent);
		}
		return withCompanions(credentials, sent);
	}

	private boolean hasCookie(Credentials credentials) {
		return this.cookieNames.isEmpty() ? !credentials.cookieHeader().isBlank()
				: this.cookieNames.stream().anyMatch((name) -> !credentials.cookies(name).isEmpty());
	}

	/**
	 * RFC 9110 5.5: what cannot stand in a header is no session. Nor is an Authorization
	 * that is longer than any other kind would have looked at.
	 */
	private static void add(String name, String value, List<String> sent) {
		if ((name.equalsIgnoreCase(AUTHORIZATION) && value.length() > MAX_AUTHORIZATION) || !value.chars()
			.allMatch((mark) -> mark == '\t' || (mark >= ' ' && mark <= MAX_MARK && mark != DELETE))) {
			throw SessionRefusals.invalid();
		}
		sent.add(name);
		sent.add(value);
	}

}
