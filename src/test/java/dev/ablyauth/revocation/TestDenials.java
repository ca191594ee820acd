package dev.ablyauth.revocation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Denials of the tests; each test states what is different.
 */
final class TestDenials {

	static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

	private TestDenials() {
	}

	static DenialWish wish(Target.Kind kind, String value) {
		return wish(kind, value, null);
	}

	static DenialWish wish(Target.Kind kind, String value, @Nullable Instant until) {
		return new DenialWish(new Target(kind, value), "spam", "token:01234567", until);
	}

	static Denial denial(long id, Target target, @Nullable Instant until) {
		return new Denial(new DenialId(id, -id), id, target, "spam", "token:01234567", NOW, until, null, null);
	}

	static Denial ended(Denial denial) {
		return new Denial(denial.id(), denial.number(), denial.target(), denial.reason(), denial.author(),
				denial.created(), denial.until(), NOW, "token:89abcdef");
	}

	static Target user(String id) {
		return new Target(Target.Kind.USER_ID, id);
	}

}
