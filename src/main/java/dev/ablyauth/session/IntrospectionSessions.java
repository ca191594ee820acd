package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Opaque tokens as sessions: the provider that issued one tells whose it is. RFC 7662. A
 * token does not say who issued it, so all providers are asked at once, and the first
 * that knows it decides.
 */
final class IntrospectionSessions implements SessionKind {

	static final String KIND = "introspection";

	private static final int MAX_LENGTH = 8192;

	/** RFC 6750 2.1, beside letters and digits. */
	private static final String TOKEN_MARKS = "-._~+/";

	private final List<IntrospectionProvider> providers;

	private final Clock clock;

	IntrospectionSessions(List<IntrospectionProvider> providers, Clock clock) {
		this.providers = List.copyOf(providers);
		this.clock = clock;
	}

	@Override
	public String name() {
		return KIND;
	}

	@Override
	public Optional<AppUser> ofHeaders(Credentials credentials) {
		return credentials.bearer().filter(IntrospectionSessions::isToken).flatMap(this::user);
	}

	@Override
	public Optional<Credentials> nobody() {
		return Optional.of(Credentials.ofBearer("nobody-has-this-token"));
	}

	/** RFC 6750 2.1: such characters, and perhaps some = at the end. */
	private static boolean isToken(String bearer) {
		int end = bearer.length();
		while (end > 0 && bearer.charAt(end - 1) == '=') {
			end--;
		}
		return end > 0 && bearer.length() <= MAX_LENGTH
				&& bearer.chars().limit(end).allMatch(IntrospectionSessions::isTokenMark);
	}

	private static boolean isTokenMark(int mark) {
		return (mark >= 'a' && mark <= 'z') || (mark >= 'A' && mark <= 'Z') || (mark >= '0' && mark <= '9')
				|| TOKEN_MARKS.indexOf(mark) >= 0;
	}

	private Optional<AppUser> user(String token) {
		CredentialHash key = CredentialHash.of(token);
		Introspected said = known(key).orElseGet(() -> asked(key, token));
		return said.orRefuse().map(this::stillValid);
	}

	private Optional<Introspected> known(CredentialHash key) {
		for (IntrospectionProvider provider : this.providers) {
			Introspected known = provider.known(key);
			if (known != null && known.active()) {
				return Optional.of(known);
			}
		}
		return Optional.empty();
	}

	private Introspected asked(CredentialHash key, String token) {
		List<CompletableFuture<Introspected>> answers = this.providers.stream()
			.map((provider) -> provider.ask(key, token))
			.toList();
		CompletableFuture<Introspected> active = new CompletableFuture<>();
		for (CompletableFuture<Introspected> answer : answers) {
			CompletableFuture<?> unusedTaken = answer.thenAccept((said) -> takeActive(said, active));
		}
		CompletableFuture<?> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
		CompletableFuture<?> unused = all.whenComplete((done, failure) -> {
			answers.stream()
				.filter((answer) -> !answer.isCompletedExceptionally())
				.forEach((answer) -> takeActive(answer.join(), active));
			if (failure != null) {
				active.completeExceptionally(failure);
			}
			active.complete(Introspected.INACTIVE);
		});
		return AnswerCache.await(active);
	}

	private static void takeActive(Introspected said, CompletableFuture<Introspected> active) {
		if (said.active()) {
			active.complete(said);
		}
	}

	/** The cache and this clock may differ. */
	private AppUser stillValid(AppUser user) {
		if (!this.clock.instant().isBefore(user.expires())) {
			throw SessionRefusals.invalid();
		}
		return user;
	}

}
