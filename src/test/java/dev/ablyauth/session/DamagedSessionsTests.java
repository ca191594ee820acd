package dev.ablyauth.session;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stored sessions with some bits turned over: whoever comes out of them is the one who
 * was in there, or nobody. Only what says the name, or where it stands, can change it,
 * and a store that changes names is not to be told from one that has other users.
 */
class DamagedSessionsTests {

	private static final int CASES = 10_000;

	private static final String NAME = "ann-of-the-team-red";

	private static final String JSON = """
			{"@class":"org.springframework.security.core.context.SecurityContextImpl","authentication":{"@class":\
			"org.springframework.security.authentication.UsernamePasswordAuthenticationToken","authenticated":true,\
			"authorities":["java.util.Collections$UnmodifiableRandomAccessList",[{"@class":\
			"org.springframework.security.core.authority.SimpleGrantedAuthority","authority":"ROLE_USER"}]],\
			"credentials":null,"details":null,"principal":{"@class":"org.springframework.security.core.userdetails.User",\
			"username":"%s","password":null,"enabled":true}}}"""
		.formatted(NAME);

	@ParameterizedTest
	@ValueSource(strings = { "java", "json" })
	void principalWhenBitsAreTurnedThenTheSameOrNone(String format) throws SessionStoreException {
		byte[] whole = format.equals("java") ? JavaStreamTests.serialized(JavaStreamTests.form(NAME))
				: JSON.getBytes(StandardCharsets.UTF_8);
		assertThat(SessionValues.principal(whole)).map(SpringPrincipal::name).contains(NAME);
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		Set<String> names = new TreeSet<>();
		int refused = 0;
		int nobody = 0;
		for (int i = 0; i < CASES; i++) {
			byte[] damaged = whole.clone();
			List<Integer> places = turn(damaged, random);
			try {
				Optional<SpringPrincipal> principal = SessionValues.principal(damaged);
				nobody += principal.isEmpty() ? 1 : 0;
				principal.filter((found) -> !isIn(NAME, whole, places)).ifPresent((found) -> names.add(found.name()));
			}
			catch (SessionStoreException ex) {
				refused++;
			}
		}
		assertThat(refused).as("refused, seed %d", seed).isGreaterThan(CASES / 2);
		assertThat(nobody).isLessThan(CASES / 10);
		assertThat(names).as("seed %d", seed).containsOnly(NAME);
	}

	private static List<Integer> turn(byte[] bytes, Random random) {
		List<Integer> places = new ArrayList<>();
		for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
			int place = random.nextInt(bytes.length);
			bytes[place] ^= (byte) (1 << random.nextInt(8));
			places.add(place);
		}
		return places;
	}

	/** Whether one of the places is in a text, or in the two bytes of its length. */
	private static boolean isIn(String text, byte[] whole, List<Integer> places) {
		int start = new String(whole, StandardCharsets.ISO_8859_1).indexOf(text);
		return places.stream().anyMatch((place) -> place >= start - 2 && place < start + text.length());
	}

}
