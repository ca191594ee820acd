package dev.ablyauth.session;

import java.util.function.BooleanSupplier;

/**
 * A service or a store that is asked about sessions while users wait.
 *
 * @param kind the session kind
 * @param name its host, or the kind of store; says nothing of a user
 * @param answers whether it is asked; false while it is left alone because it did not
 * answer
 */
public record SessionSource(String kind, String name, BooleanSupplier answers) {

}
