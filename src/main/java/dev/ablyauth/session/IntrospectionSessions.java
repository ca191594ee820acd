package dev.ablyauth.session;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Opaque tokens as sessions: the provider that issued one tells whose it is. RFC 7662. A
 * token does not say who issued it, so all providers are asked at once, and the one that
 * knows it decides.
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
	public List<SessionTrial> trials() {
		return this.providers.stream().map(IntrospectionProvider::trial).toList();
	}

	@Override
	public List<SessionSource> sources() {
		return this.providers.stream().map(IntrospectionProvider::source).toList();
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
		return this.providers.stream()
			.map((provider) -> provider.known(key))
			.flatMap(Stream::ofNullable)
			.filter((known) -> known.user() != null)
			.findFirst();
	}

	private Introspected asked(CredentialHash key, String token) {
		List<CompletableFuture<Introspected>> answers = this.providers.stream()
			.map((provider) -> provider.ask(key, token))
			.toList();
		CompletableFuture<Introspected> first = new CompletableFuture<>();
		for (CompletableFuture<Introspected> answer : answers) {
			CompletableFuture<?> unusedUser = answer.thenAccept((said) -> {
				if (said.user() != null) {
					first.complete(said);
				}
			});
		}
		CompletableFuture<?> all = CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
		CompletableFuture<?> unused = all.whenComplete((done, failure) -> decide(answers, failure, first));
		return AnswerCache.await(first);
	}

	/**
	 * When all have answered, a user counts more than a refusal, a refusal of one that
	 * knows the token more than an outage of another, and each of them more than that
	 * nobody knows it. Not the order in which they answered.
	 */
	private static void decide(List<CompletableFuture<Introspected>> answers, @Nullable Throwable failure,
			CompletableFuture<Introspected> decision) {
		List<Introspected> active = answers.stream()
			.filter((answer) -> !answer.isCompletedExceptionally())
			.map(CompletableFuture::join)
			.filter(Introspected::active)
			.toList();
		active.stream().filter((said) -> said.user() != null).findFirst().ifPresent(decision::complete);
		active.stream().findFirst().ifPresent(decision::complete);
		if (failure != null) {
			decision.completeExceptionally(failure);
		}
		decision.complete(Introspected.INACTIVE);
	}

	/** The cache and this clock may differ. */
	private AppUser stillValid(AppUser user) {
		if (!this.clock.instant().isBefore(user.expires())) {
			throw SessionRefusals.invalid();
		}
		return user;
	}

}
