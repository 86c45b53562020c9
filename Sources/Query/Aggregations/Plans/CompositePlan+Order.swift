extension CompositePlan {
    /// The order of buckets: by the first source, then by the next among equals; without a value comes first, or as it is said.
    public func precedes(_ left: [BucketKey?], _ right: [BucketKey?]) -> Bool {
        for (index, source) in sources.enumerated() where left[index] != right[index] {
            switch (left[index], right[index]) {
            case (let a?, let b?): return (a < b) == source.isAscending
            case (nil, _): return source.missingIsFirst ?? source.isAscending
            case (_, nil): return !(source.missingIsFirst ?? source.isAscending)
            }
        }
        return false
    }
}
