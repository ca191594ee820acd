package dev.ablyauth.rest;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import dev.ablyauth.ably.KeyName;
import dev.ablyauth.ably.Revocation;
import dev.ablyauth.ably.RevocationFailure;
import dev.ablyauth.ably.RevocationResult;
import dev.ablyauth.ably.TargetSpecifier;
import dev.ablyauth.ably.TokenRevoker;
import io.ably.lib.http.HttpUtils;
import io.ably.lib.rest.AblyRest;
import io.ably.lib.types.AblyException;
import io.ably.lib.types.HttpPaginatedResponse;
import io.ably.lib.types.Param;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Revokes tokens by ably-java's generic request, because ably-java has no revokeTokens
 * (ably/ably-java#794). Spec: RSA17.
 */
final class AblyRevoker implements TokenRevoker {

	private static final Logger LOGGER = LoggerFactory.getLogger(AblyRevoker.class);

	/**
	 * The first version with one object as the answer, also where some targets fail.
	 * ably-java sends its own unless there is a header of exactly this name.
	 */
	private static final Param VERSION = new Param("X-Ably-Version", "3");

	private static final JsonMapper JSON = new JsonMapper();

	private final KeyName key;

	private final Supplier<AblyRest> client;

	private final AblyCalls calls;

	/** What was told last; what is refused is tried for most of an hour. */
	private final AtomicReference<String> told = new AtomicReference<>("");

	AblyRevoker(KeyName key, Supplier<AblyRest> client, AblyCalls calls) {
		this.key = key;
		this.client = client;
		this.calls = calls;
	}

	@Override
	public KeyName key() {
		return this.key;
	}

	@Override
	public RevocationResult revoke(Revocation revocation) {
		return this.calls.make(() -> ask(revocation), (failure) -> failed(revocation, failure));
	}

	private RevocationResult ask(Revocation revocation) throws AblyException {
		HttpPaginatedResponse answer = this.client.get()
			.request("POST", "/keys/" + this.key + "/revokeTokens", new Param[0],
					new HttpUtils.JsonRequestBody(body(revocation)), new Param[] { VERSION });
		if (!answer.success) {
			return failed(revocation, answer.statusCode, answer.errorCode);
		}
		this.told.set("");
		return RevocationAnswer.read(answer.items(), revocation);
	}

	private static String body(Revocation revocation) {
		ObjectNode body = JSON.createObjectNode();
		ArrayNode targets = body.putArray("targets");
		revocation.targets().stream().map(TargetSpecifier::text).forEach(targets::add);
		return body.put("issuedBefore", revocation.issuedBefore().millis())
			.put("allowReauthMargin", revocation.allowReauthMargin())
			.toString();
	}

	private RevocationResult failed(Revocation revocation, Throwable failure) {
		return (failure instanceof AblyException ably)
				? failed(revocation, ably.errorInfo.statusCode, ably.errorInfo.code)
				: RevocationResult.failed(revocation, RevocationFailure.UNAVAILABLE, 0);
	}

	private RevocationResult failed(Revocation revocation, int status, int code) {
		RevocationFailure reason = RevocationFailure.of(status, code);
		if (reason != RevocationFailure.RATE_LIMITED && reason != RevocationFailure.UNAVAILABLE) {
			String why = "status " + status + " and code " + code;
			if (!why.equals(this.told.getAndSet(why))) {
				LOGGER.error("Ably refuses to revoke tokens of the key {} with {}", this.key, why);
			}
		}
		return RevocationResult.failed(revocation, reason, code);
	}

}
