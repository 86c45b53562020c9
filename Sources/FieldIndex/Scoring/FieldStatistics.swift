/// What a field's scores depend on, over all segments: the dead count until they are merged away.
public struct FieldStatistics: Equatable, Sendable {
    /// Documents that have a term.
    public var documents = 0
    /// Occurrences of all terms in them.
    public var totalFrequency = 0

    public var averageLength: Float { documents == 0 ? 1 : Float(Double(totalFrequency) / Double(documents)) }
}
