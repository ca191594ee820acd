package dev.ablyauth.web;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.RevocationId;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.RevocationSummary;
import dev.ablyauth.revocation.RevocationWish;
import dev.ablyauth.revocation.Revocations;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * The door for those who have tokens revoked at Ably without denying anybody: clients
 * come back with what the policy gives them now.
 */
@RestController
@RequestMapping(AdminRevocationController.PATH)
class AdminRevocationController {

	static final String PATH = "/admin/revocations";

	private final Revocations revocations;

	private final AdminBodies bodies;

	AdminRevocationController(Revocations revocations, AdminBodies bodies) {
		this.revocations = revocations;
		this.bodies = bodies;
	}

	@PostMapping
	ResponseEntity<Map<String, Object>> revoke(HttpServletRequest request,
			@AuthenticationPrincipal AdminCaller caller) {
		RevocationWish wish = wish(this.bodies.readTargets(request, "targets", "allowReauthMargin"), caller);
		List<String> what = wish.targets().stream().map(AdminTargets::line).toList();
		RevocationState begun = this.revocations.revoke(wish,
				AdminTargets.once(request, List.of(String.valueOf(wish.allowReauthMargin()), String.join("\n", what))));
		AdminAuditFilter.note(request, begun);
		RevocationState state = RevocationAnswers.await(begun, () -> this.revocations.find(begun.id()));
		return ResponseEntity.status(RevocationAnswers.status(state))
			.location(URI.create(PATH + "/" + state.id()))
			.body(state.members());
	}

	@GetMapping
	Map<String, Object> list(HttpServletRequest request) {
		RevocationQuery query = RevocationQuery.read(request.getParameterMap());
		List<RevocationSummary> page = this.revocations.list(query.after(), query.limit());
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("revocations", page.stream().map(RevocationSummary::members).toList());
		if (page.size() == query.limit()) {
			members.put("next", page.get(page.size() - 1).id().toString());
		}
		return members;
	}

	@GetMapping("/{id}")
	Map<String, Object> find(@PathVariable String id) {
		return known(id).orElseThrow(() -> new Refused(Reason.NOT_FOUND, "There is no revocation with this id."))
			.members();
	}

	private Optional<RevocationState> known(String id) {
		try {
			return this.revocations.find(new RevocationId(id));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static RevocationWish wish(JsonNode body, AdminCaller caller) {
		try {
			return new RevocationWish(AdminTargets.targets(body.path("targets")),
					AdminTargets.flag(body, "allowReauthMargin"), caller.name());
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(ex.getMessage() + ".");
		}
	}

}
