package dev.ablyauth.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.ablyauth.ably.OperationSet;
import dev.ablyauth.ably.Operations;
import dev.ablyauth.ably.Resource;
import dev.ablyauth.session.AppUser;

/**
 * Reads the tests of a policy file.
 */
final class TestReader {

	private final Operations operations;

	TestReader(Operations operations) {
		this.operations = operations;
	}

	List<PolicyTest> read(YamlMap file) {
		List<PolicyTest> tests = new ArrayList<>();
		for (YamlMap test : file.maps("tests", "a test")) {
			readTest(test).ifPresent(tests::add);
			test.refuseUnknownKeys();
		}
		return tests;
	}

	private Optional<PolicyTest> readTest(YamlMap test) {
		Optional<String> name = test.text("name");
		Optional<AppUser> user = test.map("user").flatMap(TestReader::user);
		RequestFacts request = test.map("request")
			.map(TestReader::request)
			.orElseGet(() -> request("", "", PolicyTest.NOW));
		Map<Resource, OperationSet> can = capability(test, "can");
		Map<Resource, OperationSet> cannot = capability(test, "cannot");
		Optional<String> clientId = test.text("client-id");
		Optional<Boolean> refused = test.flag("refused");
		Stream.of("name", "user")
			.filter((key) -> !test.has(key))
			.forEach((key) -> test.problem(null, "a test needs a \"" + key + "\""));
		if (!test.has("can") && !test.has("cannot") && !test.has("client-id") && !test.has("refused")) {
			test.problem(null, "a test must expect something: can, cannot, client-id or refused");
		}
		if (refused.orElse(false) && (test.has("can") || test.has("client-id"))) {
			test.problem("refused",
					"\"refused: true\" cannot stand beside \"can\" or \"client-id\": who is refused has neither");
		}
		return name.flatMap((called) -> user.map((who) -> new PolicyTest(called, test.place("name"), who, request, can,
				cannot, clientId.orElse(null), refused.orElse(null))));
	}

	private static Optional<AppUser> user(YamlMap map) {
		Optional<String> id = map.text("id");
		List<String> roles = map.texts("roles", UnaryOperator.identity());
		Map<String, Object> claims = map.map("claims").map(YamlMap::claims).orElse(Map.of());
		Optional<Boolean> guest = map.flag("guest");
		String source = map.text("source").orElse(guest.orElse(false) ? AppUser.Source.GUEST : "jwt");
		if (guest.isPresent() && guest.get() != source.equals(AppUser.Source.GUEST)) {
			map.problem("guest", "\"guest\" is " + guest.get() + ", and \"source\" is " + Quoted.of(source)
					+ "; who has the source \"guest\" is a guest, and nobody else");
		}
		String issuer = map.text("issuer").orElse("");
		map.refuseUnknownKeys();
		if (!map.has("id")) {
			map.problem(null, "a user needs an \"id\"");
		}
		return id.map((text) -> new AppUser(text, roles, claims, new AppUser.Source(source, issuer), AppUser.NO_END));
	}

	private static RequestFacts request(YamlMap map) {
		Optional<Instant> now = map.value("now", TestReader::instant);
		RequestFacts request = request(map.text("address").orElse(""), map.text("origin").orElse(""),
				now.orElse(PolicyTest.NOW));
		map.refuseUnknownKeys();
		return request;
	}

	private static RequestFacts request(String address, String origin, Instant now) {
		return new RequestFacts(address, origin, now);
	}

	private static Instant instant(String text) {
		try {
			return Instant.parse(text);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("is no time such as 2026-01-01T12:00:00Z", ex);
		}
	}

	private Map<Resource, OperationSet> capability(YamlMap test, String key) {
		Map<Resource, OperationSet> capability = new LinkedHashMap<>();
		test.map(key).ifPresent((map) -> map.keys().forEach((name) -> {
			Optional<Resource> resource = map.key(name, Resource::parse);
			Optional<OperationSet> operations = GrantReader.operations(map, name, this.operations);
			resource.ifPresent((where) -> operations.ifPresent((what) -> capability.put(where, what)));
		}));
		return capability;
	}

}
