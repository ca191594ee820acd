package dev.ablyauth.policy;

import java.util.Map;
import java.util.Optional;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.StructValue;

/**
 * The claims as CEL sees them. CEL walks through a whole map, with everything in it, each
 * time that one value of it is asked for; here it takes the one value.
 */
final class ClaimsValue extends StructValue<String, Map<String, Object>> {

	@SuppressWarnings("Immutable") // as the session made it
	private final Map<String, Object> claims;

	ClaimsValue(Map<String, Object> claims) {
		this.claims = claims;
	}

	@Override
	public Object select(String name) {
		Object value = this.claims.get(name);
		if (value == null) {
			throw CelAttributeNotFoundException.forMissingMapKey(name);
		}
		return value;
	}

	@Override
	public Optional<Object> find(String name) {
		return Optional.ofNullable(this.claims.get(name));
	}

	@Override
	public Map<String, Object> value() {
		return this.claims;
	}

	@Override
	public boolean isZeroValue() {
		return this.claims.isEmpty();
	}

	@Override
	public CelType celType() {
		return MapType.create(SimpleType.STRING, SimpleType.DYN);
	}

}
