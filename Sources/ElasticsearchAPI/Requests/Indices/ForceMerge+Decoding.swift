public import Indices

extension ForceMerge {
    /// Reads the parameters of `_forcemerge`, which has no body.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        self.init()
        // -1 is Elasticsearch's "not set".
        let segments = try parameters.int("max_num_segments").flatMap { $0 == -1 ? nil : $0 }
        if let segments, segments < 1 {
            throw .illegalArgument("max_num_segments must be greater than 0 but was [\(segments)]")
        }
        maximumSegments = segments
        onlyExpungesDeletes = try parameters.bool("only_expunge_deletes") ?? false
        flushes = try parameters.bool("flush") ?? true
        guard maximumSegments == nil || !onlyExpungesDeletes else {
            throw .validation([
                "cannot set only_expunge_deletes and max_num_segments at the same time, those two parameters are mutually "
                    + "exclusive"
            ])
        }
    }
}
