package dev.ablyauth.policy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.ably.Resource;

/**
 * The outermost that anybody may have, whatever the rules give: a second look at each
 * rule, by lines that are easier to read than all rules together.
 *
 * @param lines a grant must be inside of one of them; none means that there is no
 * envelope
 */
record Envelope(List<ResourceTemplate> lines) {

	/**
	 * Checks what the rules gave; a grant outside is an error of the policy and is never
	 * cut to fit.
	 * @throws Refused if a resource is outside
	 */
	void check(List<Grant.Part> parts, Values values) {
		if (this.lines.isEmpty()) {
			return;
		}
		List<Resource> inside = this.lines.stream().flatMap((line) -> resource(line, values)).toList();
		for (Grant.Part part : parts) {
			for (Resource resource : part.capability().entries().keySet()) {
				if (inside.stream().noneMatch((line) -> line.covers(resource))) {
					throw new Refused(Reason.OUTSIDE_ENVELOPE,
							"The rule \"" + part.rule() + "\" gives something outside of the envelope.", part.rule(),
							resource.toString());
				}
			}
		}
	}

	private static Stream<Resource> resource(ResourceTemplate line, Values values) {
		try {
			return line.expand(values).stream();
		}
		catch (UnsafeValueException ex) {
			return Stream.of();
		}
	}

	/** Tells whether a template can only give what is inside, whoever asks. */
	Optional<ResourceTemplate> lineAround(ResourceTemplate template) {
		return this.lines.stream().filter((line) -> line.shape().covers(template.shape())).findFirst();
	}

}
