internal import Analysis
internal import Mapping

extension Planner {
    /// A query's words as a field cuts them, or as another analyzer does.
    ///
    /// - Throws: `PlanningError.unknownAnalyzer`, `.malformedValue` for a text that takes too much work.
    func tokens(
        of text: String, in field: FieldMapping, path: String, analyzer name: String?, isPhrase: Bool
    ) throws(PlanningError) -> [Token] {
        do throws(AnalysisError) {
            guard let name else { return try Array(field.searchTokens(of: text, isPhrase: isPhrase)) }
            if let analyzer = (mapping.analysis ?? .standard).analyzer(name) { return try Array(analyzer.tokens(of: text)) }
        } catch {
            throw .malformedValue(field: path, type: field.type.name, cause: .analysis(error))
        }
        throw .unknownAnalyzer(name ?? "")
    }
}
