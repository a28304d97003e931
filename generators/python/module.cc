// SPDX-License-Identifier: Apache-2.0
// The module wristsim._wristsim: the C interface as Python objects. Arrays are views that keep
// their recording alive; the interpreter lock is free while recordings and datasets are made and
// read.
#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>

#include "generators/python/wristsim.h"

namespace py = pybind11;

namespace {

// Of the thread that called; raised as wristsim.Error.
struct Failure {
  int kind;
  std::string text;
};

template <typename T>
T* checked(T* result) {
  if (result == nullptr) throw Failure{wristsim_error_kind(), wristsim_error()};
  return result;
}

std::string take_text(char* text) {
  const std::unique_ptr<char, decltype(&wristsim_free)> owned(checked(text), wristsim_free);
  return owned.get();
}

class Recording {
 public:
  explicit Recording(wristsim_recording* recording) : recording_(recording, wristsim_release) {}
  const wristsim_recording* get() const { return recording_.get(); }

 private:
  std::unique_ptr<wristsim_recording, decltype(&wristsim_release)> recording_;
};

// The array's base is the recording's Python object, which owns the memory.
py::array view(const wristsim_array& a, const py::object& owner) {
  std::vector<py::ssize_t> shape{a.rows};
  if (a.rank == 2) shape.push_back(a.columns);
  return py::array(py::dtype(a.element), shape, a.values, owner);
}

py::dict arrays(const py::object& self) {
  const wristsim_recording* recording = self.cast<const Recording&>().get();
  py::dict all;
  for (std::int64_t i = 0; i < wristsim_array_count(recording); ++i) {
    wristsim_array array{};
    wristsim_array_at(recording, i, &array);
    all[array.path] = view(array, self);
  }
  return all;
}

// Of a run on another thread.
struct Watched {
  std::atomic<std::int64_t> done{0}, total{0};
  std::atomic<bool> stop{false};
};

std::int32_t note(std::int64_t done, std::int64_t total, void* user) {
  auto* watched = static_cast<Watched*>(user);
  watched->total = total;
  watched->done = done;
  return watched->stop ? 1 : 0;
}

class Recipe {
 public:
  Recipe(const std::string& recipe, const std::vector<std::string>& set, const std::string& assets)
      : recipe_(nullptr, wristsim_close) {
    std::vector<const char*> values;
    for (const std::string& value : set) values.push_back(value.c_str());
    const py::gil_scoped_release unlocked;
    recipe_.reset(checked(wristsim_open(recipe.c_str(), values.data(),
                                        static_cast<std::int64_t>(values.size()),
                                        assets.empty() ? nullptr : assets.c_str())));
  }

  std::string plan() const { return take_text(wristsim_plan(recipe_.get())); }
  std::string resolved() const { return take_text(wristsim_resolved(recipe_.get())); }
  std::string sha256() const { return take_text(wristsim_sha256(recipe_.get())); }

  std::unique_ptr<Recording> record(std::uint64_t index) const {
    const py::gil_scoped_release unlocked;
    return std::make_unique<Recording>(checked(wristsim_record(recipe_.get(), index)));
  }

  // The run has a thread of its own, so that Ctrl-C and `progress` come to the caller's.
  std::string generate(const std::string& out, int jobs, bool force, const py::object& progress) {
    Watched watched;
    const wristsim_run run{jobs, force ? 1 : 0, note, &watched};
    std::future<std::string> report = std::async(std::launch::async, [&] {
      return take_text(wristsim_generate(recipe_.get(), out.c_str(), &run));
    });
    std::int64_t told = -1;
    const auto ended = [&] {
      const py::gil_scoped_release unlocked;
      return report.wait_for(std::chrono::milliseconds(100)) == std::future_status::ready;
    };
    try {
      for (bool last = false; !last;) {
        last = ended();
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (!progress.is_none() && watched.done != told && watched.done > 0)
          progress(told = watched.done, watched.total.load());
      }
    } catch (...) {
      watched.stop = true;  // and the future waits for the end
      const py::gil_scoped_release unlocked;
      report.wait();
      throw;
    }
    return report.get();
  }

 private:
  std::unique_ptr<wristsim_recipe, decltype(&wristsim_close)> recipe_;
};

std::string inspect(const std::string& shard) {
  const py::gil_scoped_release unlocked;
  return take_text(wristsim_inspect(shard.c_str()));
}

void raise(const Failure& failure) {
  const py::object type = py::module_::import("wristsim._error").attr("Error");
  const py::object error = type(failure.kind, failure.text);
  PyErr_SetObject(type.ptr(), error.ptr());
}

}  // namespace

PYBIND11_MODULE(_wristsim, module) {
  module.doc() = "The native part of wristsim; see the package.";
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Failure& failure) {
      raise(failure);
    }
  });
  py::class_<Recording>(module, "Recording")
      .def("about", [](const Recording& r) { return wristsim_about(r.get()); })
      .def("arrays", &arrays);
  py::class_<Recipe>(module, "Recipe")
      .def(py::init<const std::string&, const std::vector<std::string>&, const std::string&>(),
           py::arg("recipe"), py::arg("set"), py::arg("assets"))
      .def("plan", &Recipe::plan)
      .def("resolved", &Recipe::resolved)
      .def("sha256", &Recipe::sha256)
      .def("record", &Recipe::record, py::arg("index"))
      .def("generate", &Recipe::generate, py::arg("out"), py::arg("jobs"), py::arg("force"),
           py::arg("progress"));
  module.def("inspect", &inspect, py::arg("shard"));
  module.def("keep_memory", &wristsim_keep_memory);
  module.def("version", &wristsim_version);
  module.def("commit", &wristsim_commit);
}
