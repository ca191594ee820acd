package dev.ablyauth.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a template may do at the place where it stands.
 *
 * @param leading whether it may begin with a placeholder
 * @param element what the element of a for-each is called here, or null
 */
record TemplateScope(Leading leading, @Nullable String element) {

	/** The lines of the envelope: values of the user alone, after fixed text. */
	static final TemplateScope ENVELOPE = new TemplateScope(Leading.NEVER, null);

	/** A text as a whole, which is no pattern. */
	static final TemplateScope TEXT = new TemplateScope(Leading.ALLOWED, null);

	/** The names in a rule. */
	static TemplateScope ofRule(boolean leadingAllowed, @Nullable String element) {
		return new TemplateScope(leadingAllowed ? Leading.ALLOWED : Leading.ASKS_FOR_FLAG, element);
	}

	/** Whether a name may begin with a placeholder. */
	enum Leading {

		/** It may. */
		ALLOWED(""),

		/** It may where the rule says so. */
		ASKS_FOR_FLAG(", or say allow-leading-placeholder: true in the rule"),

		/** It may not. */
		NEVER("");

		private final String wayOut;

		Leading(String wayOut) {
			this.wayOut = wayOut;
		}

		/** What else can be done about it. */
		String wayOut() {
			return this.wayOut;
		}

	}

}
