package dev.ablyauth.issuing;

import dev.ablyauth.remote.RedisAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept which key a client has, beside the memory of each instance.
 *
 * @param redis of all instances, or null if each knows its own only
 */
public record KeyMemoryProperties(@Nullable RedisAddress redis) {
}
