public import Mapping
public import Scripts

extension FieldValues {
    /// What scripts see of a field's values.
    ///
    /// - Parameter vector: reads the document's, if the field holds one.
    /// - Throws: `ScriptFault.fieldWithoutDocValues`, or what `vector` throws.
    public init(
        _ values: DocValues, field: String, mapping: Mapping, vector: () throws(ScriptFault) -> [Float]
    ) throws(ScriptFault) {
        switch values {
        case .longs(let values): self = .longs(values)
        case .doubles(let values): self = .doubles(values)
        case .booleans(let values): self = .booleans(values)
        case .terms(let values): self = .strings(values)
        case .dates(let values): self = .dates(values)
        case .points(let values): self = .points(values.map { ($0.latitude, $0.longitude) })
        case .vector:
            let values = try vector()
            if case .denseVector(let options)? = mapping.field(field)?.type, options.elementType == .bit {
                self = .bits(values.map { Int8(exactly: $0) ?? 0 })
            } else {
                self = .vector(values)
            }
        case .none: throw .fieldWithoutDocValues(field, type: mapping.field(field)?.type.name ?? "")
        }
    }
}
