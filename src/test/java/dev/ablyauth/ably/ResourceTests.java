package dev.ablyauth.ably;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ResourceTests {

	@ParameterizedTest
	@CsvSource({ "name,name,true", "name,Name,false", "*,name,true", "*,a:b:c,true", "*,[meta]log,false",
			"*,[queue]app-q,false", "ns:*,ns:a,true", "ns:*,ns:a:b,true", "ns:*,ns,false", "foo:*:baz,foo:bar:baz,true",
			"foo:*:baz,foo:bar:bam:baz,false", "foo*,foobar,false", "foo*,foo*,true", "[queue]*,[queue]app-q,true",
			"[meta]*,[meta]log,true", "[meta]*,[queue]app-q,false", "[meta]*,log,false", "[*]*,name,true",
			"[*]*,[meta]log,true", "[*]*,[queue]app-q,true", "[*]*,*,true", "*,[*]*,false", "*,*:*,true", "*:*,*,false",
			"*:*,a,false", "a:*,a:*:*,true", "a:*:*,a:*,false", "*:b,a:b,true", "[meta]log:*,[meta]log:push,true",
			"name,name:b,false", "a:b,a,false" })
	void coversThenAsAblyMatches(String pattern, String resource, boolean expected) {
		assertThat(Resource.parse(pattern).covers(Resource.parse(resource))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "a:*,*:b,a:b", "a:*,*:b:*,a:b:*", "*,x:*,x:*", "a:*:c,a:b:*,a:b:c", "*:*,a:*,a:*", "a,b,", "a:b,a,",
			"a:*,a,", "*,[meta]*,", "[*]*,[meta]*,[meta]*", "a:*:c,a:*:d,", "*:b,a:*,a:b",
			"[meta]a:*,[meta]*:b,[meta]a:b" })
	void intersectThenIsOneResourceOrNone(String left, String right, String both) {
		Optional<Resource> expected = Optional.ofNullable(both).map(Resource::parse);
		assertThat(Resource.parse(left).intersect(Resource.parse(right))).isEqualTo(expected);
		assertThat(Resource.parse(right).intersect(Resource.parse(left))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "a:b:*,a:c:*,true", "a,b,true", "a:,a:b,true", "a:*,a:b,false", "a:b,a:*,false", "a:b,a:b:c,false",
			"a:b:c,a:b,false", "*:a,a:*,false", "a*,ab,true", "[meta]a,[meta]b,true", "[meta]a,a,false",
			"[meta]a,[queue]a,false" })
	void hasShapeOfThenOnlyPlainSegmentsDiffer(String resource, String other, boolean expected) {
		assertThat(Resource.parse(resource).hasShapeOf(Resource.parse(other))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":a", "[", "[meta]", "[meta][queue]a", "[?rewind=1]ch", "[meta?foo=bar]log", "[*]a",
			"[chat]*", "[ meta]*", "a\nb", "a\u0000", "a\u007fb", "a\u0085b", "a\u2028", "a\ud800b", "[*]**" })
	void parseWhenNoResourceThenRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Resource.parse(text));
	}

	@ParameterizedTest
	@CsvSource({ "a,false,false", "a:b,false,false", "a:*,true,false", "*,true,false", "[*]*,true,false",
			"a:*:b,true,false", "foo*,false,true", "a:foo*,false,true", "foo*:*,true,true", "[queue]*,true,false" })
	void isPatternThenOnlyAWholeSegmentIsAWildcard(String text, boolean pattern, boolean plainStar) {
		assertThat(Resource.parse(text).isPattern()).isEqualTo(pattern);
		assertThat(Resource.parse(text).hasPlainStar()).isEqualTo(plainStar);
	}

	@ParameterizedTest
	@CsvSource({ "a,true", "a:b,true", "a:*,true", "*,true", "a:b:*,true", "foo*:b,true", "a:*:b,false", "*:b,false",
			"*:*,false", "[meta]a,false", "[meta]*,false", "[*]*,false" })
	void isScopeThenAChannelWithAWildcardOnlyAtItsEnd(String text, boolean scope) {
		assertThat(Resource.parse(text).isScope()).isEqualTo(scope);
	}

	@ParameterizedTest
	@CsvSource({ "a:x,a:y,true", "a:*,b:*,true", "a:x,a:*,false", "a:*,a:x,false", "a:x,a:x:y,false", "*:a,a:*,false",
			"[meta]a,a,false", "[meta]a,[meta]b,true" })
	void hasShapeOfThenTheyDifferInPlainSegmentsOnly(String text, String other, boolean same) {
		assertThat(Resource.parse(text).hasShapeOf(Resource.parse(other))).isEqualTo(same);
	}

	@Test
	void parseWhenTooLongThenRefused() {
		assertThat(Resource.parse("a".repeat(2048)).toString()).hasSize(2048);
		assertThatIllegalArgumentException().isThrownBy(() -> Resource.parse("a".repeat(2049)));
	}

}
