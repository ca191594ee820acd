package dev.ablyauth.devmode;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.ablyauth.ably.Refused;
import dev.ablyauth.issuing.KeyProperties;
import dev.ablyauth.policy.Grant;
import dev.ablyauth.policy.LivePolicy;
import dev.ablyauth.policy.RequestFacts;
import dev.ablyauth.policy.Wish;
import dev.ablyauth.session.AppJwtSessions;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page and what it needs.
 */
@RestController
@Profile("dev")
class DevController {

	private final SampleLogin login;

	private final AppJwtSessions sessions;

	private final LivePolicy policy;

	private final Clock clock;

	private final boolean realKey;

	DevController(SampleLogin login, AppJwtSessions sessions, LivePolicy policy, Clock clock,
			List<KeyProperties> keys) {
		this.login = login;
		this.sessions = sessions;
		this.policy = policy;
		this.clock = clock;
		this.realKey = !keys.get(0).isSample();
	}

	@GetMapping("/")
	ResponseEntity<Resource> page() {
		return file("index.html", MediaType.TEXT_HTML);
	}

	@GetMapping("/dev/page.js")
	ResponseEntity<Resource> script() {
		return file("page.js", MediaType.valueOf("text/javascript"));
	}

	@GetMapping("/dev/page.css")
	ResponseEntity<Resource> style() {
		return file("page.css", MediaType.valueOf("text/css"));
	}

	private static ResponseEntity<Resource> file(String name, MediaType type) {
		return ResponseEntity.ok().contentType(type).body(new ClassPathResource("devmode/" + name));
	}

	@GetMapping("/dev/users")
	Map<String, Object> users() {
		return Map.of("users", SampleUser.ALL, "realKey", this.realKey);
	}

	@GetMapping(path = "/dev/session/{id}", produces = "text/plain")
	ResponseEntity<String> session(@PathVariable String id) {
		return ResponseEntity.of(find(id).map(this.login::sessionToken));
	}

	/** What the policy gives a sample user, and which rule gave it. */
	@GetMapping("/dev/grants/{id}")
	ResponseEntity<List<Given>> grants(@PathVariable String id) {
		return ResponseEntity.of(find(id).map(this::given));
	}

	private static Optional<SampleUser> find(String id) {
		return SampleUser.ALL.stream().filter((user) -> user.id().equals(id)).findFirst();
	}

	private List<Given> given(SampleUser sample) {
		try {
			Grant grant = this.policy.current()
				.grant(this.sessions.user(this.login.sessionToken(sample)).orElseThrow(), Wish.NONE,
						new RequestFacts("127.0.0.1", "", this.clock.instant()));
			return grant.parts().stream().flatMap(DevController::rows).toList();
		}
		catch (Refused refused) {
			return List.of();
		}
	}

	private static Stream<Given> rows(Grant.Part part) {
		return part.capability()
			.entries()
			.entrySet()
			.stream()
			.map((entry) -> new Given(entry.getKey().toString(), entry.getValue().names(), part.rule()));
	}

	/**
	 * One row of the table.
	 *
	 * @param resource where
	 * @param operations what
	 * @param rule who said so
	 */
	record Given(String resource, List<String> operations, String rule) {
	}

}
