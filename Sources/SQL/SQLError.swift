/// Why a text is no statement that is understood.
public enum SQLError: Error, Equatable, Sendable {
    /// What Elasticsearch's grammar has, and what neither it nor this program carries out.
    public enum Feature: Equatable, Sendable {
        case join, groupByAll, exists, subquery, remoteCluster, statement
    }

    case tooLong(limit: Int)
    case tooDeep(SQLSource, limit: Int)
    /// Of the columns, groups or keys of an order.
    case tooMany(SQLSource, limit: Int)
    /// - Parameter found: empty at the end of the text.
    case unexpected(found: SQLSource, expected: String)
    /// A string, a name or a comment without an end.
    case unterminated(SQLSource)
    case backquoted(SQLSource)
    case numberTooLarge(SQLSource)
    /// More `?` than values for them.
    case parameterMissing(SQLSource, given: Int)
    case notSupported(SQLSource, Feature)
    /// `LIKE … ESCAPE`: no single character, or one with a meaning of its own.
    case invalidEscape(SQLSource)
    /// The escape character stands before one that has no meaning.
    case invalidPattern(SQLSource, escape: Character)
    case limitAndTop(SQLSource)
}
