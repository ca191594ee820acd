package dev.ablyauth.revocation;

import dev.ablyauth.ably.KeyName;
import org.jspecify.annotations.Nullable;

/**
 * What has become of one target of a revocation, at one key.
 *
 * @param target as it was asked for
 * @param key whose tokens
 * @param progress how far it has come
 * @param repeat the same of its repeat, or null if there is none
 */
public record TargetState(Target target, KeyName key, Progress progress, @Nullable Progress repeat) {
}
