/// One step of `POST _aliases`.
public enum AliasAction: Sendable {
    case add(indices: [String], aliases: [String], AliasMetadata)
    /// - Parameter mustExist: true: a missing alias fails the whole request; nil: it is reported, and fails the request if no
    ///   other action does anything; false: it is reported alone.
    case remove(indices: [String], aliases: [String], mustExist: Bool?)
    case removeIndex([String])
}
