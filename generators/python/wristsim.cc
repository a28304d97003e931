// SPDX-License-Identifier: Apache-2.0
#include "generators/python/wristsim.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>

#include "generators/make_recording.h"
#include "generators/python/labelled_recording.h"
#include "generators/run.h"
#include "generators/shard_header.h"
#include "generators/summary_json.h"
#include "sim/base/error.h"

using namespace wrist;

struct wristsim_recipe {
  Assets assets;
  Recipe recipe;
  ClipLibrary clips;
  std::map<std::string, ShardHeader> headers;  // by watch: a shard holds one
};

struct wristsim_recording {
  LabelledRecording labelled;
  std::vector<ArrayView> views;
};

namespace {

struct Failure {
  int kind = 0;
  std::string text;
};
thread_local Failure last_failure;

// Nothing may leave through C but a value: an exception becomes the thread's error.
template <typename Work>
auto guarded(const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const Error& error) {
    last_failure = {static_cast<int>(error.kind()), error.what()};
  } catch (const std::bad_alloc&) {
    last_failure = {static_cast<int>(ErrorKind::internal), "out of memory"};
  } catch (const std::exception& error) {
    last_failure = {static_cast<int>(ErrorKind::internal),
                    std::string("internal error: ") + error.what()};
  }
  return {};
}

void require_argument(const void* argument, const char* name) {
  require(argument != nullptr, ErrorKind::usage, std::string(name) + ": expected it, found NULL");
}

char* copy(const std::string& text) {
  char* copied = static_cast<char*>(std::malloc(text.size() + 1));
  if (copied == nullptr) throw std::bad_alloc();
  std::memcpy(copied, text.c_str(), text.size() + 1);
  return copied;
}

std::vector<std::string> texts(const char* const* values, std::int64_t count) {
  std::vector<std::string> all;
  for (std::int64_t i = 0; i < count; ++i) {
    require_argument(values, "set");
    require_argument(values[i], "set");
    all.emplace_back(values[i]);
  }
  return all;
}

RunOptions run_options(const char* out, const wristsim_run& run, std::atomic<bool>& stopped) {
  RunOptions options;
  options.out = out;
  options.jobs = run.jobs;
  options.force = run.force != 0;
  options.progress = [&run, &stopped](const Progress& p) {
    if (run.progress != nullptr && run.progress(p.done, p.total, run.user) != 0) stopped = true;
  };
  options.stop = [&stopped] { return stopped.load(); };
  return options;
}

}  // namespace

const char* wristsim_version(void) {
  static const std::string text = version();
  return text.c_str();
}

const char* wristsim_commit(void) {
  static const std::string text = commit();
  return text.c_str();
}

int32_t wristsim_error_kind(void) { return last_failure.kind; }
const char* wristsim_error(void) { return last_failure.text.c_str(); }

wristsim_recipe* wristsim_open(const char* recipe, const char* const* set, int64_t set_count,
                               const char* assets) {
  return guarded([&] {
    require_argument(recipe, "recipe");
    Assets loaded = load_assets(assets == nullptr ? find_assets() : assets);
    Recipe read = read_recipe(recipe, texts(set, set_count), loaded);
    std::map<std::string, ShardHeader> headers;
    for (std::int64_t k = 0; k < read.shards && headers.size() < read.watches.names.size(); ++k)
      if (const std::string& watch = watch_of_shard(read, k); !headers.contains(watch))
        headers.emplace(watch, shard_header(read, loaded, k));
    ClipLibrary clips(read.clips, 1);
    return new wristsim_recipe{std::move(loaded), std::move(read), std::move(clips),
                               std::move(headers)};
  });
}

void wristsim_close(wristsim_recipe* recipe) { delete recipe; }

char* wristsim_plan(const wristsim_recipe* recipe) {
  return guarded([&] {
    require_argument(recipe, "recipe");
    return copy(to_json(plan(recipe->recipe, recipe->assets)));
  });
}

char* wristsim_resolved(const wristsim_recipe* recipe) {
  return guarded([&] {
    require_argument(recipe, "recipe");
    return copy(to_json(recipe->recipe));
  });
}

char* wristsim_sha256(const wristsim_recipe* recipe) {
  return guarded([&] {
    require_argument(recipe, "recipe");
    return copy(recipe_sha256(recipe->recipe));
  });
}

char* wristsim_generate(const wristsim_recipe* recipe, const char* out, const wristsim_run* run) {
  return guarded([&] {
    require_argument(recipe, "recipe");
    require_argument(out, "out");
    require_argument(run, "run");
    require(run->jobs >= 1 && run->jobs <= 1024, ErrorKind::usage,
            "jobs: expected 1 to 1024, found " + std::to_string(run->jobs));
    std::atomic<bool> stopped{false};
    return copy(
        to_json(wrist::run(recipe->recipe, recipe->assets, run_options(out, *run, stopped))));
  });
}

char* wristsim_inspect(const char* shard) {
  return guarded([&] {
    require_argument(shard, "shard");
    return copy(summary_json(inspect_shard(shard)));
  });
}

void wristsim_free(char* text) { std::free(text); }

void wristsim_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

wristsim_recording* wristsim_record(const wristsim_recipe* recipe, uint64_t index) {
  return guarded([&] {
    require_argument(recipe, "recipe");
    const auto& [assets, drawn, clips, headers] = *recipe;
    const ShardHeader& header = headers.at(watch_of(drawn, index));
    Recording made = make_recording(draw_scenario(drawn, assets, index), assets, clips);
    auto* recording = new wristsim_recording{label(std::move(made), header), {}};
    recording->views = array_views(recording->labelled);
    return recording;
  });
}

void wristsim_release(wristsim_recording* recording) { delete recording; }

int64_t wristsim_array_count(const wristsim_recording* recording) {
  return std::ssize(recording->views);
}

int32_t wristsim_array_at(const wristsim_recording* recording, int64_t at, wristsim_array* array) {
  if (at < 0 || at >= std::ssize(recording->views)) return -1;
  const ArrayView& view = recording->views[static_cast<std::size_t>(at)];
  *array = {view.path.c_str(), kElementNames[static_cast<std::size_t>(view.element)],
            view.rows,         view.columns,
            view.rank,         view.values};
  return 0;
}

const char* wristsim_about(const wristsim_recording* recording) {
  return recording->labelled.about.c_str();
}
