package dev.ablyauth.remote;

import java.util.function.BooleanSupplier;

/**
 * A service that this server can do without for a while.
 *
 * @param name the part of the server that asks it
 * @param isFailing whether the last call had no answer
 * @param meanwhile what happens until it answers
 */
public record RemoteState(String name, BooleanSupplier isFailing, String meanwhile) {

}
