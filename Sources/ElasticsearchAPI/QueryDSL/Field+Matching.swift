internal import JSON
internal import Query

/// Values that several queries of texts have.
extension Field {
    func minimumShouldMatch() throws(ParseError) -> MinimumShouldMatch {
        let text = try text()
        guard let minimum = MinimumShouldMatch(text) else {
            throw ParseError(.other("number_format_exception", [:]), "For input string: \"\(text)\"", at: path)
        }
        return minimum
    }

    func fuzziness() throws(ParseError) -> Fuzziness {
        let text = try text()
        guard let fuzziness = Fuzziness(text) else {
            throw .argument("Invalid fuzziness value: \(text)", at: path)
        }
        return fuzziness
    }

    /// Whether all must match: `and` or `or`.
    func isConjunction() throws(ParseError) -> Bool {
        switch try string().lowercased() {
        case "and": return true
        case "or": return false
        case let other: throw .argument("operator needs to be either OR or AND, but not [\(other)]", at: path)
        }
    }

    /// `none` or `all`.
    func matchesAllWithoutTerms() throws(ParseError) -> Bool {
        switch try string().lowercased() {
        case "all": return true
        case "none": return false
        case let other: throw ParseError(.parsing, "Unsupported zero_terms_query value [\(other)]", at: path)
        }
    }

    /// Not negative.
    func count() throws(ParseError) -> Int {
        let int = try int()
        guard int >= 0 else { throw .argument("[\(name)] cannot be negative", at: path) }
        return int
    }

    /// Fields with their weights: `["title^2", "body"]`.
    func weightedFields() throws(ParseError) -> [WeightedField] {
        var fields: [WeightedField] = []
        for text in try strings() {
            guard let field = WeightedField(parsing: text) else {
                let weight = text.split(separator: "^", omittingEmptySubsequences: false).last ?? ""
                throw ParseError(.other("number_format_exception", [:]), "For input string: \"\(weight)\"", at: path)
            }
            fields.append(field)
        }
        return fields
    }

    /// A scalar.
    func queryValue() throws(ParseError) -> QueryValue {
        guard let value = QueryValue(element) else { throw unexpected }
        return value
    }
}
