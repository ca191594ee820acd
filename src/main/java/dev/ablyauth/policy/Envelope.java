package dev.ablyauth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
		List<Resource> inside = new ArrayList<>();
		this.lines.forEach((line) -> resource(line, values).ifPresent(inside::add));
		for (Grant.Part part : parts) {
			for (Resource resource : part.capability().entries().keySet()) {
				if (!isInside(resource, inside)) {
					throw new Refused(Reason.OUTSIDE_ENVELOPE,
							"The rule \"" + part.rule() + "\" gives something outside of the envelope.", part.rule(),
							resource.toString());
				}
			}
		}
	}

	private static Optional<Resource> resource(ResourceTemplate line, Values values) {
		try {
			return line.expand(values);
		}
		catch (UnsafeValueException ex) {
			return Optional.empty();
		}
	}

	private static boolean isInside(Resource resource, List<Resource> lines) {
		for (Resource line : lines) {
			if (line.covers(resource)) {
				return true;
			}
		}
		return false;
	}

	/** Tells whether a template can only give what is inside, whoever asks. */
	Optional<ResourceTemplate> lineAround(ResourceTemplate template) {
		return this.lines.stream().filter((line) -> line.shape().covers(template.shape())).findFirst();
	}

}
