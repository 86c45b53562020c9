internal import Indices
internal import Shards

extension IndexStatistics {
    var indexed: Int { shards.reduce(0) { $0 + $1.indexed } }
    var deleted: Int { shards.reduce(0) { $0 + $1.deleted } }
    var searches: Int { shards.reduce(0) { $0 + $1.searches } }
    var fetches: Int { shards.reduce(0) { $0 + $1.fetches } }
    var gets: Int { shards.reduce(0) { $0 + $1.gets } }
    var refreshes: Int { shards.reduce(0) { $0 + $1.refreshes } }
    var flushes: Int { shards.reduce(0) { $0 + $1.flushes } }
}
