package dev.ablyauth.session;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 7515, RFC 8725 3: a token is read strictly or not at all.
 */
class CompactJwsTests {

	private static final String HEADER = base64("{\"alg\":\"RS256\"}");

	private static final String PAYLOAD = base64("{\"sub\":\"ann\"}");

	private static final String SIGNATURE = "c2lnbmF0dXJl";

	@Test
	void readThenHeaderAndClaims() {
		CompactJws jws = CompactJws.read(HEADER + "." + PAYLOAD + "." + SIGNATURE).orElseThrow();
		assertThat(jws.header()).isEqualTo(Map.of("alg", "RS256"));
		assertThat(jws.claims()).isEqualTo(Map.of("sub", "ann"));
	}

	@Test
	void readWhenNotThreePartsThenEmpty() {
		assertThat(List.of("", ".", "..", "...", HEADER, HEADER + "." + PAYLOAD, HEADER + "." + PAYLOAD + ".a.b",
				"." + HEADER + "." + PAYLOAD + ".a", HEADER + "." + PAYLOAD + ".a.", HEADER + "..a",
				"." + PAYLOAD + ".a", HEADER + "." + PAYLOAD + ".a.b.c"))
			.allSatisfy((text) -> assertThat(CompactJws.read(text)).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "=", "==", "+", "/", " ", "\n", "\r\n", "\t", "\u0000", "%3D", "?", ",", "~", "\u00e9",
			"\u0391", "\uff21", "\u2028", "\ud83d\ude00", "\ud800", "\"", "A." })
	void readWhenJunkInAnyPartThenEmpty(String junk) {
		for (int part = 0; part < 3; part++) {
			String[] parts = { HEADER, PAYLOAD, SIGNATURE };
			String clean = parts[part];
			for (int at : new int[] { 0, clean.length() / 2, clean.length() }) {
				parts[part] = clean.substring(0, at) + junk + clean.substring(at);
				assertThat(CompactJws.read(String.join(".", parts))).as("part %s at %s", part, at).isEmpty();
			}
		}
	}

	@Test
	void readWhenPaddedAsBase64WantsThenEmpty() {
		assertThat(read("{\"a\":1} ", "{}")).isPresent();
		String padded = Base64.getUrlEncoder().encodeToString("{\"a\":1} ".getBytes(StandardCharsets.UTF_8));
		assertThat(padded).endsWith("=");
		assertThat(CompactJws.read(padded + "." + PAYLOAD + "." + SIGNATURE)).isEmpty();
		assertThat(CompactJws.read(HEADER + "." + padded + "." + SIGNATURE)).isEmpty();
	}

	/**
	 * RFC 4648 3.5: the last character has bits that mean nothing. One token must have
	 * one text, so they must be zero, in the signature too, which no signature covers.
	 */
	@ParameterizedTest
	@CsvSource({ "0, eyJhIjoxfSA, eyJhIjoxfSB", "1, eyJhIjoxfSA, eyJhIjoxfSB", "1, eyJhIjoxfQ, eyJhIjoxfR", "2, AA, AB",
			"2, AAA, AAB" })
	void readWhenUnusedBitsAreNotZeroThenEmpty(int part, String good, String bad) {
		String[] parts = { HEADER, PAYLOAD, SIGNATURE };
		parts[part] = good;
		assertThat(CompactJws.read(String.join(".", parts))).isPresent();
		parts[part] = bad;
		assertThat(CompactJws.read(String.join(".", parts))).isEmpty();
	}

	/** RFC 7515 2: no byte string has a base64url text of 4n + 1 characters. */
	@ParameterizedTest
	@ValueSource(strings = { "A", "AAAAA", "AAAAAAAAA" })
	void readWhenSignatureHasAnImpossibleLengthThenEmpty(String signature) {
		assertThat(CompactJws.read(HEADER + "." + PAYLOAD + "." + signature)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "80", "ff", "c080", "c1bf", "e08080", "eda080", "edbfbf", "f0808080", "f4908080",
			"f5808080", "c3", "e282", "f09f98", "e9" })
	void readWhenNotUtf8ThenEmpty(String hex) {
		byte[] bad = object(HexFormat.of().parseHex(hex));
		byte[] good = object("\u00e9".getBytes(StandardCharsets.UTF_8));
		assertThat(read(good, good)).isPresent();
		assertThat(read(bad, good)).isEmpty();
		assertThat(read(good, bad)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'sub':'a','sub':'b'}", "{'sub':'a','sub':'a'}", "{'exp':1,'exp':2}",
			"{'iss':1,'iss':null}", "{'alg':'RS256','alg':'none'}", "{'a':{'b':1,'b':2}}", "{'a':[{'b':1,'b':2}]}",
			"{'sub':1,'\\u0073ub':2}", "{'':1,'':2}" })
	void readWhenNameIsThereTwiceThenEmpty(String json) {
		String twice = json.replace('\'', '"');
		assertThat(read(twice, "{}")).isEmpty();
		assertThat(read("{}", twice)).isEmpty();
	}

	@Test
	void readWhenTenLevelsThenRead() {
		assertThat(read(objects(10), arrays(10))).isPresent();
		assertThat(read(arrays(10), objects(10))).isPresent();
	}

	@Test
	void readWhenElevenLevelsThenEmpty() {
		assertThat(read(objects(11), "{}")).isEmpty();
		assertThat(read(arrays(11), "{}")).isEmpty();
		assertThat(read("{}", objects(11))).isEmpty();
		assertThat(read("{}", arrays(11))).isEmpty();
	}

	@Test
	void readWhenOverEightKilobytesThenEmpty() {
		String start = HEADER + "." + PAYLOAD + ".";
		assertThat(CompactJws.read(start + "A".repeat(8192 - start.length()))).isPresent();
		String longer = HEADER + "." + base64("{\"sub\":\"ann\"} ") + ".";
		assertThat(longer).hasSize(start.length() + 1);
		assertThat(CompactJws.read(longer + "A".repeat(8192 - start.length()))).isEmpty();
		assertThat(CompactJws.read("A".repeat(10_000_000))).isEmpty();
		assertThat(CompactJws.read(".".repeat(10_000_000))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{} {}", "{}{}", "{}x", "{},", "{}]", "{}}", "{}\u0000", "{}//", "{}/**/", "{}\"\"",
			"{}\u00a0", "x{}", ",{}", "\u00a0{}", "//\n{}" })
	void readWhenTextAroundTheObjectThenEmpty(String json) {
		assertThat(read(json, "{}")).isEmpty();
		assertThat(read("{}", json)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "[{}]", "\"ann\"", "1", "true", "null", "", " ", "NaN", "undefined" })
	void readWhenNoObjectThenEmpty(String json) {
		assertThat(read(json, "{}")).isEmpty();
		assertThat(read("{}", json)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{sub:'ann'}", "{'sub':NaN}", "{'sub':Infinity}", "{'sub':+1}", "{'sub':01}", "{'sub':.5}",
			"{'sub':1.}", "{'sub':0x1}", "{'sub':'a',}", "{'sub':'\t'}", "{'sub':'\\x'}", "{'sub':'\\u00g0'}",
			"{'sub':'a' /* */}", "{'sub'}", "{'sub':TRUE}" })
	void readWhenNearlyJsonThenEmpty(String json) {
		assertThat(read("{}", json.replace('\'', '"'))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, java.lang.Long", "-1, java.lang.Long", "9223372036854775807, java.lang.Long",
			"9223372036854775808, java.lang.Double", "1.5, java.lang.Double", "1e3, java.lang.Double" })
	void readWhenNumberThenLongOrDouble(String number, Class<?> type) {
		assertThat(claims("{\"n\":" + number + ",\"in\":[{\"n\":" + number + "}]}").get("n")).isInstanceOf(type);
		assertThat(claims("{\"n\":[" + number + "]}").get("n")).asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasOnlyElementsOfType(type);
	}

	@Test
	void readWhenNullThenClaimIsAbsent() {
		assertThat(claims("{\"a\":null,\"b\":{\"c\":null}}")).isEqualTo(Map.of("b", Map.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'crit':['exp']}", "{'crit':[]}", "{'crit':['b64'],'b64':false}", "{'crit':'exp'}",
			"{'crit':1}", "{'zip':'DEF'}", "{'zip':''}", "{'b64':false}", "{'b64':true}", "{'kid':1}", "{'kid':['a']}",
			"{'kid':{}}", "{'kid':true}" })
	void hasPlainHeaderWhenItAsksForMoreThenNot(String header) {
		assertThat(read(header.replace('\'', '"'), "{}").orElseThrow().hasPlainHeader()).isFalse();
	}

	@Test
	void hasPlainHeaderWhenKidUpTo256CharactersThenIs() {
		assertThat(read("{}", "{}").orElseThrow().hasPlainHeader()).isTrue();
		assertThat(read("{\"kid\":\"" + "k".repeat(256) + "\"}", "{}").orElseThrow().hasPlainHeader()).isTrue();
		assertThat(read("{\"kid\":\"" + "k".repeat(257) + "\"}", "{}").orElseThrow().hasPlainHeader()).isFalse();
	}

	@Test
	void toStringThenHidesTheToken() {
		assertThat(read("{}", "{\"sub\":\"ann\"}").orElseThrow().toString()).doesNotContain("ann", "e30", SIGNATURE);
	}

	private static Map<String, Object> claims(String json) {
		return read("{}", json).orElseThrow().claims();
	}

	private static Optional<CompactJws> read(String header, String payload) {
		return read(header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8));
	}

	private static Optional<CompactJws> read(byte[] header, byte[] payload) {
		return CompactJws.read(base64(header) + "." + base64(payload) + "." + SIGNATURE);
	}

	private static byte[] object(byte[] text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes("{\"a\":\"".getBytes(StandardCharsets.UTF_8));
		bytes.writeBytes(text);
		bytes.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
		return bytes.toByteArray();
	}

	private static String objects(int levels) {
		return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
	}

	private static String arrays(int levels) {
		return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
	}

	private static String base64(String text) {
		return base64(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
