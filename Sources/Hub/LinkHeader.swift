/// The `Link` header of a paged answer.
///
/// Source: RFC 8288.
enum LinkHeader {
    /// The target of the first link whose relation is `next`.
    static func next(in value: some StringProtocol) -> String? {
        var rest = Substring(value)
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let target = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            let parameters = rest.prefix { $0 != "<" }
            let isNext = parameters.split(separator: ";").contains { parameter in
                let sides = parameter.split(separator: "=").map { side in
                    String(side.filter { !" \t\"',".contains($0) }).lowercased()
                }
                return sides == ["rel", "next"]
            }
            if isNext { return String(target) }
        }
        return nil
    }
}
