import JSON

extension JSONValue {
    /// The number of an answer; nil if it is something else.
    var wholeNumber: Int? { if case .int(let number) = self { number } else { nil } }
}
