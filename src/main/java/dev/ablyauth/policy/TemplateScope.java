package dev.ablyauth.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a template may do at the place where it stands.
 *
 * @param leadingPlaceholder whether it may begin with a placeholder
 * @param element what the element of a for-each is called here, or null
 */
record TemplateScope(boolean leadingPlaceholder, @Nullable String element) {

	/** Values of the user alone, after fixed text. */
	static final TemplateScope PLAIN = new TemplateScope(false, null);

	/** A text as a whole, which is no pattern. */
	static final TemplateScope TEXT = new TemplateScope(true, null);

}
