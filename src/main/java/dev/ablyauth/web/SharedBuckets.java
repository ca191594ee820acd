package dev.ablyauth.web;

/**
 * What all instances count together.
 */
interface SharedBuckets {

	/** Each instance counts by itself. */
	SharedBuckets NONE = (name, who, rate) -> true;

	/**
	 * Counts one time more.
	 * @return whether it was one of those that are allowed, or nobody can tell
	 */
	boolean isLeft(String name, String who, Rate rate);

	/** Whether the last call to what they share had no answer. */
	default boolean isFailing() {
		return false;
	}

}
