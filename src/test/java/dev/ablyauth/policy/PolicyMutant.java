package dev.ablyauth.policy;

/**
 * A policy file with one change that a careless hand could make.
 *
 * @param change what was changed
 * @param yaml the text of the file
 */
record PolicyMutant(String change, String yaml) {

	@Override
	public String toString() {
		return this.change;
	}

}
