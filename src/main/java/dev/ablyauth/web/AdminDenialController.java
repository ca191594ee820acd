package dev.ablyauth.web;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.revocation.Denial;
import dev.ablyauth.revocation.DenialId;
import dev.ablyauth.revocation.DenialSearch;
import dev.ablyauth.revocation.Once;
import dev.ablyauth.revocation.RevocationState;
import dev.ablyauth.revocation.Revocations;
import dev.ablyauth.revocation.Denials;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The door for those who keep people out and let them in again.
 */
@RestController
@RequestMapping(AdminDenialController.PATH)
class AdminDenialController {

	static final String PATH = "/admin/denials";

	private final Denials denials;

	private final Revocations revocations;

	private final DenialBodies bodies;

	private final DenialAnswers answers;

	private final Clock clock;

	AdminDenialController(Denials denials, Revocations revocations, DenialBodies bodies, DenialAnswers answers,
			Clock clock) {
		this.denials = denials;
		this.revocations = revocations;
		this.bodies = bodies;
		this.answers = answers;
		this.clock = clock;
	}

	@PostMapping
	ResponseEntity<Map<String, Object>> deny(HttpServletRequest request, @AuthenticationPrincipal AdminCaller caller) {
		DenialCall call = this.bodies.read(request, caller);
		Once once = AdminTargets.once(request, call.what());
		if (!call.revoke()) {
			Denial denial = this.denials.deny(call.wish(), once);
			AdminAuditFilter.note(request, denial);
			return ResponseEntity.created(place(denial)).body(this.answers.alone(denial));
		}
		Revocations.Denied denied = this.revocations.deny(call.wish(), call.clientIds(), once);
		AdminAuditFilter.note(request, denied.denial());
		RevocationState begun = denied.revocation();
		if (begun == null) {
			return ResponseEntity.created(place(denied.denial())).body(this.answers.alone(denied.denial()));
		}
		RevocationState state = RevocationAnswers.await(begun, () -> this.revocations.find(begun.id()));
		return ResponseEntity.status(RevocationAnswers.status(state))
			.location(place(denied.denial()))
			.body(this.answers.members(denied.denial(), state));
	}

	private static URI place(Denial denial) {
		return URI.create(PATH + "/" + denial.id());
	}

	@GetMapping
	Map<String, Object> search(HttpServletRequest request) {
		DenialSearch search = DenialQueries.read(request.getParameterMap());
		return page(this.denials.search(search), search.limit());
	}

	@GetMapping("/{id}")
	Map<String, Object> find(@PathVariable String id) {
		Denial denial = this.denials.find(id(id)).orElseThrow(AdminDenialController::unknown);
		return this.revocations.find(denial.id())
			.map((revocation) -> this.answers.members(denial, revocation))
			.orElseGet(() -> denial.members(this.clock.instant()));
	}

	@DeleteMapping("/{id}")
	Map<String, Object> allow(@PathVariable String id, HttpServletRequest request,
			@AuthenticationPrincipal AdminCaller caller) {
		DenialId known = id(id);
		Denial denial;
		try {
			denial = this.denials.allow(known, caller.name()).orElseThrow(AdminDenialController::unknown);
		}
		catch (IllegalArgumentException ex) {
			throw AdminUsers.invalid(ex.getMessage() + ".");
		}
		AdminAuditFilter.note(request, denial);
		return denial.members(this.clock.instant());
	}

	private Map<String, Object> page(List<Denial> denials, int limit) {
		Instant now = this.clock.instant();
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("denials", denials.stream().map((denial) -> denial.members(now)).toList());
		if (denials.size() == limit) {
			members.put("next", denials.get(limit - 1).id().toString());
		}
		return members;
	}

	private static DenialId id(String id) {
		try {
			return DenialId.parse(id);
		}
		catch (IllegalArgumentException ex) {
			throw unknown();
		}
	}

	private static Refused unknown() {
		return new Refused(Reason.NOT_FOUND, "There is no denial with this id.");
	}

}
