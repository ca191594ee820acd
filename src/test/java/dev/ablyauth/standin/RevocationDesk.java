package dev.ablyauth.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes revocations: POST /keys/{keyName}/revokeTokens. Source: Ably docs,
 * auth/revocation and api/rest-api; spec RSA17. The docs do not say what a channel costs
 * where revocation by channel is off; here that target alone fails.
 */
final class RevocationDesk {

	private static final int OBJECT_VERSION = 3;

	private final StandInKeys keys;

	private final StandInSettings settings;

	private final Revocations revocations;

	private final RevocationFaults faults;

	private final Clock clock;

	private final List<RevokeCall> taken = new ArrayList<>();

	RevocationDesk(StandInKeys keys, StandInSettings settings, Revocations revocations, RevocationFaults faults) {
		this.keys = keys;
		this.settings = settings;
		this.revocations = revocations;
		this.faults = faults;
		this.clock = settings.clock();
	}

	RestAnswer answer(String keyName, RestCall call) {
		requireKey(keyName, call);
		this.faults.countCall();
		int version = call.version();
		if (!call.isJson()) {
			throw new Refused(40001, 400, "The stand-in reads JSON only");
		}
		Instant now = this.clock.instant();
		RevokeBody body = RevokeBody.read(call.json(), now);
		Duration margin = body.allowReauthMargin() ? this.settings.reauthMargin() : Duration.ZERO;
		List<RevokedTarget> revoked = new ArrayList<>();
		ArrayNode results = Json.MAPPER.createArrayNode();
		for (String target : body.targets()) {
			results.add(result(keyName, target, body.issuedBefore(), now.plus(margin), revoked));
		}
		this.revocations.add(revoked, margin.toMillis());
		remember(new RevokeCall(body.targets(), body.issuedBefore().toEpochMilli(), body.allowReauthMargin(), version));
		int failures = results.size() - revoked.size();
		return (version >= OBJECT_VERSION) ? new RestAnswer(201, object(results, failures)) : list(results, failures);
	}

	private void requireKey(String keyName, RestCall call) {
		StandInKey key = this.keys.authenticated(call.basic());
		if (!keyName.equals(key.name())) {
			throw new Refused(40133, 401, "Tokens can only be revoked with the key that issued them");
		}
		if (!key.revocable()) {
			throw new Refused(40163, 401, "Token revocation is not enabled for this key");
		}
	}

	private ObjectNode result(String keyName, String target, Instant issuedBefore, Instant appliesAt,
			List<RevokedTarget> revoked) {
		ObjectNode result = Json.object().put("target", target);
		try {
			revoked
				.add(RevokedTarget.parse(keyName, target, issuedBefore, appliesAt, this.settings.revocableByChannel()));
			return result.put("issuedBefore", issuedBefore.toEpochMilli()).put("appliesAt", appliesAt.toEpochMilli());
		}
		catch (Refused ex) {
			return result.set("error", Json.error(ex.at("revokeTokens")));
		}
	}

	private static ObjectNode object(ArrayNode results, int failures) {
		ObjectNode answer = Json.object();
		answer.put("successCount", results.size() - failures).put("failureCount", failures);
		return answer.set("results", results);
	}

	/** What clients of protocol version 2 and before get. */
	private static RestAnswer list(ArrayNode results, int failures) {
		if (failures == 0) {
			return new RestAnswer(201, results);
		}
		ObjectNode answer = Json.object();
		answer.set("error", Json.error(new Refused(40020, 400, "Some targets failed").at("revokeTokens")));
		return new RestAnswer(400, answer.set("batchResponse", results));
	}

	private synchronized void remember(RevokeCall call) {
		this.taken.add(call);
		notifyAll();
	}

	synchronized List<RevokeCall> taken() {
		return List.copyOf(this.taken);
	}

	void awaitTaken(int count, Duration longest) {
		Waiting.until(this, longest, () -> this.taken.size() >= count,
				() -> "Expected " + count + " revocations. Taken: " + this.taken);
	}

}
