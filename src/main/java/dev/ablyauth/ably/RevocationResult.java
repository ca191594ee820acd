package dev.ablyauth.ably;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a revocation: one result for each target that was asked for, in that
 * order, also where the call as a whole has failed.
 *
 * @param targets the results
 */
public record RevocationResult(Map<TargetSpecifier, TargetResult> targets) {

	/**
	 * Keeps the order.
	 */
	public RevocationResult {
		targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
	}

	/**
	 * Says of all targets that they have failed.
	 * @param revocation what was asked for
	 * @param reason why
	 * @param code Ably's code, or 0
	 * @return the result
	 */
	public static RevocationResult failed(Revocation revocation, RevocationFailure reason, int code) {
		Map<TargetSpecifier, TargetResult> targets = new LinkedHashMap<>();
		revocation.targets().forEach((target) -> targets.put(target, new TargetResult.Failed(reason, code)));
		return new RevocationResult(targets);
	}

	/**
	 * Tells whether nothing is left to do.
	 * @return whether all targets are revoked
	 */
	public boolean complete() {
		return this.targets.values().stream().allMatch((result) -> result instanceof TargetResult.Revoked);
	}

}
