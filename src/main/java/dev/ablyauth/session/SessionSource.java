package dev.ablyauth.session;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A service or a store that is asked about sessions while users wait.
 *
 * @param kind the session kind
 * @param name its host, or the kind of store; says nothing of a user
 * @param answers whether it is asked; false while it is left alone because it did not
 * answer
 * @param fault what was wrong with the last call, or an empty text
 */
public record SessionSource(String kind, String name, BooleanSupplier answers, Supplier<String> fault) {

	SessionState state() {
		return new SessionState(this.kind, this.name, this.answers.getAsBoolean(), this.fault.get());
	}

}
