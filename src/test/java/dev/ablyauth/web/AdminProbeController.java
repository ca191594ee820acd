package dev.ablyauth.web;

import java.util.Map;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An admin controller for tests: what one may do, and how it may fail.
 */
@RestController
@RequestMapping("/admin/probe")
@Profile(AdminProbeController.PROFILE)
class AdminProbeController {

	static final String PROFILE = "admin-probe";

	private final AdminBodies bodies;

	AdminProbeController(AdminBodies bodies) {
		this.bodies = bodies;
	}

	@GetMapping("/caller")
	Map<String, String> caller(@AuthenticationPrincipal AdminCaller caller) {
		return Map.of("name", caller.name());
	}

	@GetMapping("/long")
	String longAnswer() {
		return "x".repeat(100_000);
	}

	@DeleteMapping("/things/{id}")
	ResponseEntity<Void> delete(@PathVariable long id) {
		return (id == 1) ? ResponseEntity.noContent().build() : ResponseEntity.notFound().build();
	}

	@PostMapping("/body")
	String body(HttpServletRequest request) {
		return String.valueOf(this.bodies.read(request, "a", "ü").size());
	}

	@PostMapping("/policy")
	String policy(HttpServletRequest request) {
		return String.valueOf(this.bodies.readPolicy(request, "a").size());
	}

	@PostMapping("/spring-body")
	String springBody(@RequestBody Map<String, String> body) {
		return String.valueOf(body.size());
	}

	@PostMapping("/refused/{reason}")
	void refuse(@PathVariable Reason reason) {
		throw new Refused(reason, "Because of \"" + reason.label() + "\".");
	}

	@GetMapping("/bug")
	void fail() {
		throw new IllegalStateException("a bug, secret-in-exception-0123456789");
	}

	@GetMapping("/error")
	void failBadly() {
		throw new StackOverflowError("a bug, secret-in-exception-0123456789");
	}

}
