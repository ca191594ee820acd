package dev.ablyauth.issuing;

import java.util.List;

import dev.ablyauth.ably.JwtFeatures;
import dev.ablyauth.ably.Reason;
import dev.ablyauth.ably.Refused;
import dev.ablyauth.policy.Format;
import dev.ablyauth.policy.Grant;

/**
 * Which form of token was called for.
 */
public enum Asked {

	/** An Ably JWT and nothing else. */
	JWT,
	/** A TokenRequest and nothing else. */
	TOKEN_REQUEST,
	/** An opaque Ably Token and nothing else. */
	ABLY_TOKEN,
	/** Whichever fits. */
	ANY;

	/**
	 * Chooses the format.
	 * @throws Refused if the rules want a more closed one than was called for, or say
	 * what only a JWT can carry where it is to be none
	 */
	Format choose(Grant grant) {
		Format wanted = grant.format();
		Format format = switch (this) {
			case JWT -> Format.JWT;
			case TOKEN_REQUEST -> Format.TOKEN_REQUEST;
			case ABLY_TOKEN -> Format.ABLY_TOKEN;
			case ANY -> (wanted != null) ? wanted : Format.JWT;
		};
		if (wanted != null && wanted.compareTo(format) > 0) {
			throw new Refused(Reason.FORMAT_CONFLICT,
					"The rule \"" + ruleThatWants(wanted, grant) + "\" wants the format " + wanted + " and not "
							+ format + "; call " + ((wanted == Format.TOKEN_REQUEST) ? "ably-token-request or " : "")
							+ "ably-token.",
					ruleThatWants(wanted, grant));
		}
		if (format != Format.JWT) {
			refuseJwtFeatures(grant, (wanted == format)
					? "the rule \"" + ruleThatWants(wanted, grant) + "\" wants " + format : format + " was called for");
		}
		return format;
	}

	/** They would be lost without a word, and with them a limit or a way to revoke. */
	static void refuseJwtFeatures(Grant grant, String conflict) {
		if (!grant.features().equals(JwtFeatures.NONE)) {
			Grant.Part part = grant.parts()
				.stream()
				.filter((candidate) -> !candidate.features().equals(JwtFeatures.NONE))
				.findFirst()
				.orElseThrow();
			List<String> names = part.features().names();
			throw new Refused(Reason.FORMAT_CONFLICT, "The rule \"" + part.rule() + "\" has " + String.join(", ", names)
					+ ", which only a JWT can carry, and " + conflict + ".", part.rule());
		}
	}

	private static String ruleThatWants(Format format, Grant grant) {
		return grant.parts()
			.stream()
			.filter((part) -> part.format() == format)
			.map(Grant.Part::rule)
			.findFirst()
			.orElseThrow();
	}

}
