package dev.ablyauth.revocation;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PartedMapTests {

	@Test
	void changeThenAsAHashMapAndTheOldOneStays() {
		Random random = new Random(1);
		Map<Object, Integer> expected = new HashMap<>();
		PartedMap<Integer> map = new PartedMap<>();
		for (int step = 0; step < 200; step++) {
			PartedMap<Integer> before = map;
			int sizeBefore = before.size();
			PartedMap<Integer>.Change change = map.change();
			for (int i = 0; i < 20; i++) {
				Object key = random.nextBoolean() ? "k" + random.nextInt(500) : Integer.valueOf(random.nextInt(500));
				if (random.nextInt(3) == 0) {
					change.compute(key, (same, value) -> null);
					expected.remove(key);
				}
				else {
					change.compute(key, (same, value) -> (value != null) ? value + 1 : 1);
					expected.merge(key, 1, Integer::sum);
				}
			}
			map = change.map();
			assertThat(before.size()).isEqualTo(sizeBefore);
		}
		PartedMap<Integer> last = map;
		assertThat(last.size()).isEqualTo(expected.size());
		expected.forEach((key, value) -> assertThat(last.get(key)).isEqualTo(value));
	}

	@Test
	void computeAllThenEveryEntryOnce() {
		PartedMap<Integer>.Change change = new PartedMap<Integer>().change();
		for (int i = 0; i < 3000; i++) {
			change.compute("k" + i, (same, value) -> 0);
		}
		PartedMap<Integer> map = change.map();
		PartedMap<Integer>.Change all = map.change();
		all.computeAll((key, value) -> key.equals("k7") ? null : value + 1);
		assertThat(all.map().size()).isEqualTo(2999);
		assertThat(all.map().get("k8")).isEqualTo(1);
		assertThat(map.get("k7")).isZero();
	}

}
