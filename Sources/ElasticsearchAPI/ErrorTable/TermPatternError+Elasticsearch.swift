internal import FieldIndex

extension TermPatternError {
    /// In Lucene's words.
    var reason: String {
        switch self {
        case .malformed(_, let position, let reason): "\(reason) at position \(position)"
        case .tooComplex(let pattern, let maximumStates):
            "Determinizing [\(pattern)] would require more than \(maximumStates) states."
        }
    }
}
