/// `foreach`: runs a processor for each value of a list or object, which it finds in `_ingest._value`.
struct ForeachProcessor: Sendable {
    let field: FieldPath
    let processor: Processor
    let ignoresMissing: Bool
}
