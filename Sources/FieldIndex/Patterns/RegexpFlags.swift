/// Which operators a regular expression may use besides the usual ones: Lucene's flags.
public struct RegexpFlags: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `a&b`
    public static let intersection = RegexpFlags(rawValue: 1)
    /// `~a`
    public static let complement = RegexpFlags(rawValue: 2)
    /// `#`: nothing at all
    public static let empty = RegexpFlags(rawValue: 4)
    /// `@`: anything
    public static let anyString = RegexpFlags(rawValue: 8)
    /// `<1-10>`
    public static let interval = RegexpFlags(rawValue: 32)
    public static let all: RegexpFlags = [.intersection, .complement, .empty, .anyString, .interval]

    /// Names with `|` between them, as Elasticsearch writes them: `ALL`, `NONE`, `INTERSECTION|COMPLEMENT`; nil for others.
    public init?(names: String) {
        var flags: RegexpFlags = []
        for name in names.uppercased().split(separator: "|") {
            switch name {
            case "ALL": flags.formUnion(.all)
            case "NONE": flags = []
            case "INTERSECTION": flags.formUnion(.intersection)
            case "COMPLEMENT": flags.formUnion(.complement)
            case "EMPTY": flags.formUnion(.empty)
            case "ANYSTRING": flags.formUnion(.anyString)
            case "INTERVAL": flags.formUnion(.interval)
            default: return nil
            }
        }
        self = flags
    }
}
