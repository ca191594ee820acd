package dev.ablyauth.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.issuing.TokenIssuer;
import dev.ablyauth.policy.CanVerdict;
import dev.ablyauth.policy.Explanation;
import dev.ablyauth.policy.PolicyChange;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.TrialPolicy;
import dev.ablyauth.session.AppUser;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door for those who look after the policy: what it says about a user, and what
 * another one would say. Issues nothing.
 */
@RestController
@RequestMapping("/admin")
class AdminPolicyController {

	private static final int MAX_USERS = 1000;

	private final TokenIssuer issuer;

	private final TrialPolicy trial;

	private final AdminUsers users;

	private final AdminBodies bodies;

	private final Operations operations;

	private final ClientAddresses addresses;

	private final Clock clock;

	AdminPolicyController(TokenIssuer issuer, TrialPolicy trial, AdminUsers users, AdminBodies bodies,
			Operations operations, ClientAddresses addresses, Clock clock) {
		this.issuer = issuer;
		this.trial = trial;
		this.users = users;
		this.bodies = bodies;
		this.operations = operations;
		this.addresses = addresses;
		this.clock = clock;
	}

	@PostMapping("/explain")
	Explanation explain(HttpServletRequest request) {
		JsonNode body = this.bodies.read(request, "user", "session", "wish", "format");
		return this.issuer.explain(this.users.userOrSession(body), AdminTokenController.asked(body),
				this.users.wish(body), facts(request));
	}

	@PostMapping("/can")
	CanVerdict can(HttpServletRequest request) {
		JsonNode body = this.bodies.read(request, "user", "session", "operation", "channel");
		return this.issuer.can(this.users.userOrSession(body), operation(body), channel(body), facts(request));
	}

	@PostMapping("/policy/check")
	PolicyChange check(HttpServletRequest request) {
		if (!JsonBodies.isJson(request)) {
			return this.trial.compare(this.bodies.readText(request), List.of(), facts(request));
		}
		JsonNode body = this.bodies.readPolicy(request, "policy", "users");
		if (!body.path("policy").isString()) {
			throw AdminUsers.invalid("policy: must be the text of a policy file.");
		}
		JsonNode named = body.path("users");
		if (!named.isMissingNode() && (!named.isArray() || named.size() > MAX_USERS)) {
			throw AdminUsers.invalid("users: must be a list of at most " + MAX_USERS + " users.");
		}
		List<AppUser> compared = new ArrayList<>();
		named.forEach((user) -> compared.add(this.users.user(user)));
		return this.trial.compare(body.get("policy").asString(), compared, facts(request));
	}

	private OperationSet operation(JsonNode body) {
		try {
			return this.operations.read(List.of(body.path("operation").asString("")));
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid("operation: " + ex.getMessage() + ".");
		}
	}

	private static Resource channel(JsonNode body) {
		try {
			return Resource.parse(body.path("channel").asString(""));
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid("channel: " + ex.getMessage() + ".");
		}
	}

	private RequestFacts facts(HttpServletRequest request) {
		return new RequestFacts(this.addresses.of(request), Objects.requireNonNullElse(request.getHeader("Origin"), ""),
				this.clock.instant());
	}

}
