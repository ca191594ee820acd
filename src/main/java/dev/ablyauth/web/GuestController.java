package dev.ablyauth.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.audit.AuditLog;
import dev.ablyauth.audit.AuditRecord;
import dev.ablyauth.session.AppUser;
import dev.ablyauth.session.GuestProperties;
import dev.ablyauth.session.GuestToken;
import dev.ablyauth.session.Guests;
import dev.ablyauth.session.SessionProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door where somebody becomes a guest, or is known again as one. The one door that
 * sets a cookie, and so only for the app's own pages: another site could otherwise give
 * its visitor the guest id that it likes.
 */
@RestController
class GuestController {

	private static final JsonMapper JSON = new JsonMapper();

	private final Guests guests;

	private final GuestProperties settings;

	private final Origins origins;

	private final CallLimits limits;

	private final AuditLog audit;

	private final ClientAddresses addresses;

	private final JsonBodies bodies = new JsonBodies();

	GuestController(Guests guests, SessionProperties sessions, Origins origins, CallLimits limits, AuditLog audit,
			ClientAddresses addresses) {
		this.guests = guests;
		this.settings = sessions.guests();
		this.origins = origins;
		this.limits = limits;
		this.audit = audit;
		this.addresses = addresses;
	}

	/**
	 * Nothing in the body counts; it is read so that what is no JSON is not overlooked.
	 */
	@PostMapping("${ably-auth.token.base-path:/api}/guest")
	ResponseEntity<byte[]> admit(HttpServletRequest request) {
		if (!this.origins.mayUseCookie(request)) {
			throw new Refused(Reason.FOREIGN_ORIGIN,
					"Guests are only for the app's own pages; add the page's origin to ably-auth.web.allowed-origins.");
		}
		this.bodies.read(request);
		this.limits.call(this.addresses.of(request));
		Optional<String> knownId = this.guests.knownId(new ServletCredentials(request, this.origins));
		knownId.ifPresentOrElse(this.limits::guest, () -> this.limits.newGuest(this.addresses.of(request)));
		GuestToken guest = knownId.map(this.guests::renew).orElseGet(this.guests::begin);
		boolean mayLeave = this.audit.write(AuditRecord.accepted()
			.with("user", guest.guestId())
			.with("session", AppUser.Source.GUEST)
			.with("address", this.addresses.of(request)));
		if (!mayLeave) {
			throw new Refused(Reason.UNAVAILABLE, "The audit log cannot be written, and no token leaves without it.");
		}
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("guestId", guest.guestId());
		answer.put("token", guest.token());
		answer.put("expires", guest.expires().toString());
		return ResponseEntity.ok()
			.header(HttpHeaders.SET_COOKIE, cookie(guest).toString())
			.contentType(MediaType.APPLICATION_JSON)
			.body(JSON.writeValueAsBytes(answer));
	}

	/** RFC 6265bis 4.1.3.2: with __Host-, no other host of the site can set or see it. */
	private ResponseCookie cookie(GuestToken guest) {
		return ResponseCookie.from(this.settings.cookieName(), guest.token())
			.path("/")
			.secure(true)
			.httpOnly(true)
			.sameSite(this.settings.cookieSameSite())
			.maxAge(this.settings.ttl())
			.build();
	}

}
